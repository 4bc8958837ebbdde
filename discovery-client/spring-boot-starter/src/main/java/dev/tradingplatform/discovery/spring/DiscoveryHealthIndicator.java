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
 * Is down while a service in use has no endpoint that accepts calls. A service that is not called any more is left out:
 * its name may be misspelt or retired, or the last call of a nightly job may have failed, and no further call would end
 * that state. Not part of liveness or readiness: an instance must not be replaced because other services are down.
 */
final class DiscoveryHealthIndicator extends AbstractHealthIndicator {

    private final Supplier<List<ServiceStatus>> status;

    /** @param status what the client knows at this moment */
    DiscoveryHealthIndicator(Supplier<List<ServiceStatus>> status) {
        super("The state of the services could not be read");
        this.status = status;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        for (ServiceStatus service : status.get()) {
            if (service.inUse()) {
                report(service, health);
            }
        }
    }

    private static void report(ServiceStatus service, Health.Builder health) {
        long accepting = service.endpoints().stream()
                .filter(endpoint ->
                        endpoint.state() == EndpointState.ACTIVE || endpoint.state() == EndpointState.SUSPECT)
                .count();
        if (accepting == 0) {
            health.down();
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("endpointsAcceptingCalls", accepting);
        detail.put("stale", service.stale());
        if (!service.warning().isEmpty()) {
            detail.put("warning", service.warning());
        }
        health.withDetail(service.service(), detail);
    }
}
