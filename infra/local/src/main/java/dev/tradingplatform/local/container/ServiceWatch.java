package dev.tradingplatform.local.container;

import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.local.replica.HealthCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Cloud Map true to the containers of one service: registers one when it passes its first health check, says how
 * it is after that, and takes it out when it is gone. To be used by one thread.
 */
final class ServiceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceWatch.class);

    /** Failed checks in a row that make a container unhealthy; one lost packet does not. */
    private static final int FAILURES_TO_UNHEALTHY = 3;

    private static final int PORT = 80;

    private final String service;
    private final CloudMap cloudMap;
    private final Membership membership;
    private final HealthCheck health;
    private final Supplier<String> instanceIds;
    private final Map<InetAddress, Member> members = new HashMap<>();

    /** @param instanceIds gives each container that comes an id that no other had */
    ServiceWatch(
            String service,
            CloudMap cloudMap,
            Membership membership,
            HealthCheck health,
            Supplier<String> instanceIds) {
        this.service = service;
        this.cloudMap = cloudMap;
        this.membership = membership;
        this.health = health;
        this.instanceIds = instanceIds;
    }

    /** Looks once who is there and how they are; takes as long as the slowest health check. */
    void look() throws InterruptedException {
        try {
            follow(membership.of(service));
        } catch (IOException e) {
            LOG.debug("{}: who is there cannot be told: {}", service, e.getMessage());
        }
        check();
    }

    private void follow(Set<InetAddress> present) {
        members.values().removeIf(member -> member.leavesWithout(present));
        present.forEach(address -> members.computeIfAbsent(address, Member::new));
    }

    private void check() throws InterruptedException {
        List<Member> asked = List.copyOf(members.values());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = threads.invokeAll(asked.stream()
                    .<Callable<Boolean>>map(member -> member::passes)
                    .toList());
            for (int i = 0; i < asked.size(); i++) {
                asked.get(i).judge(answers.get(i).get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Member {

        private final InetAddress address;
        private final String instanceId = instanceIds.get();
        private boolean registered;
        private int failures;

        Member(InetAddress address) {
            this.address = address;
        }

        boolean passes() throws InterruptedException {
            return health.passes(new InetSocketAddress(address, PORT));
        }

        void judge(boolean passed) {
            if (!registered) {
                registerIf(passed);
            } else if (passed) {
                pass();
            } else {
                fail();
            }
        }

        boolean leavesWithout(Set<InetAddress> present) {
            boolean leaves = !present.contains(address);
            if (leaves && registered) {
                cloudMap.deregister(service, instanceId);
                tell("is gone: deregistered");
            }
            return leaves;
        }

        private void registerIf(boolean ready) {
            if (ready) {
                registered = true;
                cloudMap.register(service, instanceId, address, PORT);
                tell("is ready: registered");
            }
        }

        private void pass() {
            if (failures >= FAILURES_TO_UNHEALTHY) {
                cloudMap.health(service, instanceId, true);
                tell("passes its health checks again: back in DNS");
            }
            failures = 0;
        }

        private void fail() {
            failures++;
            if (failures == FAILURES_TO_UNHEALTHY) {
                cloudMap.health(service, instanceId, false);
                tell("fails its health checks: out of DNS");
            }
        }

        private void tell(String what) {
            LOG.info("{} {} {} ({})", service, address.getHostAddress(), what, instanceId);
        }
    }
}
