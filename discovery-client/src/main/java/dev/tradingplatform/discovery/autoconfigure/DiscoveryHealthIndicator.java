package dev.tradingplatform.discovery.autoconfigure;

import dev.tradingplatform.discovery.call.ServiceClient;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.ServiceStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when a service in use has no endpoint that takes calls. Not part of liveness or readiness: an instance must not
 * be replaced because others are gone.
 */
final class DiscoveryHealthIndicator extends AbstractHealthIndicator {

    private final ServiceClient client;

    DiscoveryHealthIndicator(ServiceClient client) {
        super("The state of discovered services could not be read");
        this.client = client;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        for (ServiceStatus status : client.status()) {
            long taking = status.endpoints().stream()
                    .filter(endpoint ->
                            endpoint.state() == EndpointState.ACTIVE || endpoint.state() == EndpointState.SUSPECT)
                    .count();
            if (taking == 0) {
                health.down();
            }
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("endpointsTakingCalls", taking);
            detail.put("stale", status.stale());
            if (!status.problem().isEmpty()) {
                detail.put("problem", status.problem());
            }
            health.withDetail(status.service().value(), detail);
        }
    }
}
