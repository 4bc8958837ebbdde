package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.ServiceActivity;
import dev.tradingplatform.discovery.ServiceStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Counts calls, attempts and lookups by service and outcome and what the rules for failures do, and shows how many
 * endpoints are in which state. Addresses are no tags, because tasks come and go and each tag value keeps a meter. The
 * meters of a service that the client has forgotten are removed. Safe for concurrent use.
 */
final class DiscoveryMetrics implements DiscoveryListener {

    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Map<String, ToLongFunction<ServiceActivity>> ACTIVITY = Map.of(
            "retry", ServiceActivity::retries,
            "hedged-attempt", ServiceActivity::hedgedAttempts,
            "stale-connection", ServiceActivity::staleConnections,
            "pause", ServiceActivity::pauses,
            "early-lookup", ServiceActivity::earlyLookups,
            "probe", ServiceActivity::probes,
            "partial-answer", ServiceActivity::partialAnswers);

    private final MeterRegistry registry;
    private final Supplier<List<ServiceStatus>> status;
    private final LongSupplier nanoTime;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Snapshot> latest;

    /**
     * The state of all services at one instant: a scrape reads each gauge, but the state only once. With A records, a
     * service has a state for each port of its URLs.
     */
    private record Snapshot(long takenAt, Map<String, List<ServiceStatus>> byService) {}

    /**
     * @param status what the client knows at this moment
     * @param nanoTime elapsed time
     */
    DiscoveryMetrics(MeterRegistry registry, Supplier<List<ServiceStatus>> status, LongSupplier nanoTime) {
        this.registry = registry;
        this.status = status;
        this.nanoTime = nanoTime;
        latest = new AtomicReference<>(new Snapshot(nanoTime.getAsLong(), Map.of()));
    }

    @Override
    public void onCall(String service, String outcome, Duration duration) {
        registry.timer("discovery.calls", "service", service, "outcome", outcome)
                .record(duration);
    }

    @Override
    public void onAttempt(String service, Endpoint endpoint, String outcome, boolean hedged) {
        registry.counter(
                        "discovery.attempts",
                        "service",
                        service,
                        "outcome",
                        outcome,
                        "hedged",
                        Boolean.toString(hedged))
                .increment();
    }

    @Override
    public void onLookup(String service, String outcome, String warning) {
        // Not only at a scrape: an application may have a registry that none reads.
        snapshot();
        registry.counter("discovery.lookups", "service", service, "outcome", outcome)
                .increment();
        if (known.add(service)) {
            for (EndpointState state : EndpointState.values()) {
                Gauge.builder("discovery.endpoints", () -> count(service, state))
                        .tag("service", service)
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
            ACTIVITY.forEach((event, count) -> FunctionCounter.builder(
                            "discovery.activity", this, self -> self.sum(service, count))
                    .tag("service", service)
                    .tag("event", event)
                    .register(registry));
        }
    }

    private double sum(String service, ToLongFunction<ServiceActivity> count) {
        return snapshot().byService().getOrDefault(service, List.of()).stream()
                .map(ServiceStatus::activity)
                .mapToLong(count)
                .sum();
    }

    private double count(String service, EndpointState state) {
        return snapshot().byService().getOrDefault(service, List.of()).stream()
                .flatMap(each -> each.endpoints().stream())
                .filter(endpoint -> endpoint.state() == state)
                .count();
    }

    private Snapshot snapshot() {
        Snapshot snapshot = latest.get();
        long now = nanoTime.getAsLong();
        if (now - snapshot.takenAt() < MAX_AGE_NANOS) {
            return snapshot;
        }
        Snapshot next = new Snapshot(now, status.get().stream().collect(Collectors.groupingBy(ServiceStatus::service)));
        if (latest.compareAndSet(snapshot, next)) {
            removeForgotten(next.byService().keySet());
        }
        return next;
    }

    private void removeForgotten(Set<String> services) {
        Set<String> forgotten =
                known.stream().filter(service -> !services.contains(service)).collect(Collectors.toSet());
        if (known.removeAll(forgotten)) {
            registry.getMeters().stream()
                    .filter(meter -> meter.getId().getName().startsWith("discovery."))
                    .filter(meter ->
                            forgotten.contains(String.valueOf(meter.getId().getTag("service"))))
                    .forEach(registry::remove);
        }
    }
}
