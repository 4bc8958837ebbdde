package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.ServiceActivity;
import dev.tradingplatform.discovery.ServiceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows at {@code /actuator/discovery} the services called so far and what is known of their endpoints. */
@Endpoint(id = "discovery")
final class DiscoveryEndpoint {

    private final Supplier<List<ServiceStatus>> status;

    /** @param status what the client knows at this moment */
    DiscoveryEndpoint(Supplier<List<ServiceStatus>> status) {
        this.status = status;
    }

    @ReadOperation
    Map<String, Object> services() {
        return Map.of(
                "services",
                status.get().stream().map(DiscoveryEndpoint::describe).toList());
    }

    private static Map<String, Object> describe(ServiceStatus status) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("service", status.service());
        service.put("recordType", status.recordType());
        service.put("inUse", status.inUse());
        service.put("remainingTtlSeconds", status.remainingTtl().toSeconds());
        service.put("stale", status.stale());
        service.put("warning", status.warning());
        service.put("activity", describe(status.activity()));
        service.put(
                "endpoints",
                status.endpoints().stream().map(DiscoveryEndpoint::describe).toList());
        return service;
    }

    private static Map<String, Object> describe(ServiceActivity activity) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("calls", activity.calls());
        counts.put("retries", activity.retries());
        counts.put("hedgedAttempts", activity.hedgedAttempts());
        counts.put("staleConnections", activity.staleConnections());
        counts.put("pauses", activity.pauses());
        counts.put("earlyLookups", activity.earlyLookups());
        counts.put("probes", activity.probes());
        counts.put("partialAnswers", activity.partialAnswers());
        counts.put("retriesLeft", activity.retriesLeft());
        counts.put("hedgedAttemptsLeft", activity.hedgedAttemptsLeft());
        return counts;
    }

    private static Map<String, Object> describe(EndpointStatus status) {
        Map<String, Object> endpoint = new LinkedHashMap<>();
        endpoint.put("endpoint", status.endpoint().toString());
        endpoint.put("state", status.state().name().toLowerCase(Locale.ROOT));
        endpoint.put("reason", status.reason());
        endpoint.put("firstSeen", status.firstSeen());
        endpoint.put("lastSeen", status.lastSeen());
        endpoint.put("inFlight", status.inFlight());
        endpoint.put("attempts", status.attempts());
        endpoint.put("failures", status.failures());
        endpoint.put("p50Millis", status.p50().toNanos() / 1e6);
        endpoint.put("p95Millis", status.p95().toNanos() / 1e6);
        return endpoint;
    }
}
