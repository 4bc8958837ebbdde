package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.ServiceStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down when a service in use has no endpoint that takes calls. One that nobody calls any more is left out: it may have
 * been misspelt or retired, or have failed in the last call of a night's job, and nothing would ever tell otherwise.
 * Not part of liveness or readiness: an instance must not be replaced because others are gone.
 */
final class DiscoveryHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<List<ServiceStatus>> services;

    /** @param services what is known of them now */
    DiscoveryHealthIndicator(Supplier<List<ServiceStatus>> services) {
        super("The state of discovered services could not be read");
        this.services = services;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        List<ServiceStatus> inUse =
                services.get().stream().filter(ServiceStatus::inUse).toList();
        for (ServiceStatus status : inUse) {
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
