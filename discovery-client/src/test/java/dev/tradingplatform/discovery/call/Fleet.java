package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** A stock-service of real HTTP servers on loopback, registered in a real DNS server, and a client that calls it. */
final class Fleet implements AutoCloseable {

    static final String SERVICE = "stock-service";

    private final CloudMap cloudMap;
    private final DnsServer dns;
    private final List<Backend> backends = new ArrayList<>();
    private final AttemptCounts counts = new AttemptCounts();
    private final ServiceClient client;

    private Fleet(Duration ttl, CallPolicy calls) {
        cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local").withTtl(ttl), new Random(1));
        try {
            dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap::answer);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        client = ServiceClient.of(
                DiscoverySettings.inNamespace("trading-platform.local")
                        .withNameservers("127.0.0.1:" + dns.address().getPort())
                        .withLoopback()
                        .withCalls(calls),
                counts);
    }

    /** With a ttl so long that DNS is asked once, and a deadline of 2 s. */
    static Fleet of(int instances) {
        return of(instances, Duration.ofSeconds(60));
    }

    static Fleet of(int instances, Duration ttl) {
        return of(instances, ttl, CallPolicy.withDeadline(Duration.ofSeconds(2)));
    }

    static Fleet of(int instances, CallPolicy calls) {
        return of(instances, Duration.ofSeconds(60), calls);
    }

    private static Fleet of(int instances, Duration ttl, CallPolicy calls) {
        Fleet fleet = new Fleet(ttl, calls);
        for (int instance = 0; instance < instances; instance++) {
            fleet.add();
        }
        return fleet;
    }

    /** Starts and registers one more. */
    Backend add() {
        Backend backend = Backend.start(InetAddress.getLoopbackAddress(), 0);
        backends.add(backend);
        cloudMap.register(
                SERVICE,
                "task" + backends.size(),
                backend.address().getAddress(),
                backend.address().getPort());
        return backend;
    }

    /** Takes one out of DNS; it goes on running. */
    void deregister(Backend backend) {
        cloudMap.deregister(SERVICE, "task" + (backends.indexOf(backend) + 1));
    }

    Backend backend(int index) {
        return backends.get(index);
    }

    List<Backend> backends() {
        return backends;
    }

    DnsServer dns() {
        return dns;
    }

    ServiceClient client() {
        return client;
    }

    /** How many attempts were made so far. */
    long attempts() {
        return counts.all.sum();
    }

    /** How many of them failed. */
    int attemptsThatFailed() {
        return counts.failed.intValue();
    }

    private record Change(String endpoint, EndpointState state) {}

    /** The states an endpoint went through, in order. */
    List<EndpointState> states(Backend backend) {
        return counts.changes.stream()
                .filter(change -> change.endpoint().equals(backend.name()))
                .map(Change::state)
                .toList();
    }

    private static final class AttemptCounts implements DiscoveryListener {

        private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
        private final LongAdder all = new LongAdder();
        private final LongAdder failed = new LongAdder();

        @Override
        public void attempted(ServiceName service, Endpoint endpoint, String outcome) {
            all.increment();
            if (!outcome.equals("success")) {
                failed.increment();
            }
        }

        @Override
        public void changed(ServiceName service, Endpoint endpoint, EndpointState state, String reason) {
            changes.add(new Change(endpoint.toString(), state));
        }
    }

    /** Sends a GET; the body, which names the backend unless it was told otherwise. */
    String get() {
        try (ServiceResponse response = client.send(ServiceRequest.get("http://" + SERVICE + "/api"))) {
            return response.text();
        }
    }

    @Override
    public void close() {
        client.close();
        backends.forEach(Backend::close);
        dns.close();
    }
}
