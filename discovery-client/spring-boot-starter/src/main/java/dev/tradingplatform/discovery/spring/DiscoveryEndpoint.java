package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.ServiceStatus;
import dev.tradingplatform.discovery.http.ServiceClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows at {@code /actuator/discovery} every service called so far and all that is known of its endpoints. */
@Endpoint(id = "discovery")
final class DiscoveryEndpoint {

    private final ServiceClient client;

    DiscoveryEndpoint(ServiceClient client) {
        this.client = client;
    }

    @ReadOperation
    Map<String, Object> services() {
        return Map.of(
                "services",
                client.status().stream().map(DiscoveryEndpoint::describe).toList());
    }

    private static Map<String, Object> describe(ServiceStatus status) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("service", status.service().value());
        service.put("record", status.record());
        service.put("inUse", status.inUse());
        service.put("ttlLeftSeconds", status.ttlLeft().toSeconds());
        service.put("stale", status.stale());
        service.put("problem", status.problem());
        List<Map<String, Object>> endpoints =
                status.endpoints().stream().map(DiscoveryEndpoint::describe).toList();
        service.put("endpoints", endpoints);
        return service;
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
