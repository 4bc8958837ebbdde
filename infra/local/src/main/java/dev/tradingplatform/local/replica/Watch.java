package dev.tradingplatform.local.replica;

import dev.tradingplatform.local.child.Child;
import dev.tradingplatform.local.replica.ReplicaEvent.Recovered;
import dev.tradingplatform.local.replica.ReplicaEvent.Unhealthy;

/** Looks after one process from the moment it is ready until it ends, and keeps DNS true to it meanwhile. */
final class Watch {

    private final ReplicaSpec spec;
    private final Cluster cluster;
    private final Pace pace;
    private final Child child;
    private final String instanceId;
    private int failures;

    Watch(ReplicaSpec spec, Cluster cluster, Pace pace, Child child, String instanceId) {
        this.spec = spec;
        this.cluster = cluster;
        this.pace = pace;
        this.child = child;
        this.instanceId = instanceId;
    }

    /** Registers it; from now on it is answered. */
    void begin() {
        cluster.cloudMap()
                .register(
                        spec.service(),
                        instanceId,
                        spec.address().getAddress(),
                        spec.address().getPort());
    }

    /** Checks it until it ends, which this waits for, and takes it out. */
    void untilEnd() throws InterruptedException {
        while (!child.endsWithin(pace.probeInterval())) {
            if (cluster.health().passes(spec.address())) {
                pass();
            } else {
                fail();
            }
        }
        cluster.cloudMap().deregister(spec.service(), instanceId);
    }

    private void pass() {
        if (failures >= pace.failuresToUnhealthy()) {
            cluster.cloudMap().health(spec.service(), instanceId, true);
            cluster.events().accept(new Recovered(spec, child.pid()));
        }
        failures = 0;
    }

    private void fail() {
        failures++;
        if (failures == pace.failuresToUnhealthy()) {
            cluster.cloudMap().health(spec.service(), instanceId, false);
            cluster.events().accept(new Unhealthy(spec, child.pid()));
        }
        if (failures == pace.failuresToReplace()) {
            child.kill();
        }
    }
}
