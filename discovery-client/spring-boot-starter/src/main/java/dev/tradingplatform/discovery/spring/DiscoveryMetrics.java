package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.dns.ServiceName;
import dev.tradingplatform.discovery.http.DiscoveryListener;
import dev.tradingplatform.discovery.http.ServiceClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Counts calls, attempts and lookups by service and outcome, and shows how many endpoints are in which state. Addresses
 * are no tags: tasks come and go, and every tag value stays for good. Thread-safe.
 */
final class DiscoveryMetrics implements DiscoveryListener {

    private final MeterRegistry registry;
    private final Supplier<ServiceClient> client;
    private final Set<ServiceName> known = ConcurrentHashMap.newKeySet();

    DiscoveryMetrics(MeterRegistry registry, Supplier<ServiceClient> client) {
        this.registry = registry;
        this.client = client;
    }

    @Override
    public void called(ServiceName service, String outcome, Duration took) {
        registry.timer("discovery.calls", "service", service.value(), "outcome", outcome)
                .record(took);
    }

    @Override
    public void attempted(ServiceName service, Endpoint endpoint, String outcome) {
        registry.counter("discovery.attempts", "service", service.value(), "outcome", outcome)
                .increment();
    }

    @Override
    public void lookedUp(ServiceName service, String outcome, String problem) {
        registry.counter("discovery.lookups", "service", service.value(), "outcome", outcome)
                .increment();
        if (known.add(service)) {
            for (EndpointState state : EndpointState.values()) {
                Gauge.builder("discovery.endpoints", () -> count(service, state))
                        .tag("service", service.value())
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
    }

    private double count(ServiceName service, EndpointState state) {
        return client.get().status().stream()
                .filter(status -> status.service().equals(service))
                .flatMap(status -> status.endpoints().stream())
                .filter(endpoint -> endpoint.state() == state)
                .count();
    }
}
