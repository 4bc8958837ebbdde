package dev.tradingplatform.signal.discovery;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Every service looked up and its endpoints: JSON only.
 *
 * @param asOf when this was so
 * @param services by name
 */
record DiscoveryView(Instant asOf, List<Service> services) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** One service name and what DNS says of it. */
    record Service(
            String service,
            RecordType record,
            boolean stale,
            double ttlLeftSeconds,
            String problem,
            List<Replica> endpoints) {

        static Service of(ServiceStatus status) {
            long attempts = status.endpoints().stream()
                    .mapToLong(EndpointStatus::attempts)
                    .sum();
            return new Service(
                    status.service(),
                    status.recordType(),
                    status.stale(),
                    status.remainingTtl().toMillis() / 1000.0,
                    status.warning(),
                    status.endpoints().stream()
                            .map(endpoint -> Replica.of(endpoint, attempts))
                            .toList());
        }
    }

    /** One endpoint; {@code share} is its part of all attempts on its service, 0 to 1. */
    record Replica(
            String endpoint,
            String ip,
            int port,
            EndpointState state,
            String reason,
            Instant firstSeen,
            Instant lastSeen,
            Traffic traffic) {

        static Replica of(EndpointStatus status, long allAttempts) {
            return new Replica(
                    status.endpoint().toString(),
                    status.endpoint().address().getHostAddress(),
                    status.endpoint().port(),
                    status.state(),
                    status.reason(),
                    status.firstSeen(),
                    status.lastSeen(),
                    Traffic.of(status, allAttempts));
        }
    }

    /** What went to one endpoint. */
    record Traffic(int inFlight, long attempts, long failures, double share, double p50Millis, double p95Millis) {

        static Traffic of(EndpointStatus status, long allAttempts) {
            return new Traffic(
                    status.inFlight(),
                    status.attempts(),
                    status.failures(),
                    allAttempts == 0 ? 0 : (double) status.attempts() / allAttempts,
                    millis(status.p50()),
                    millis(status.p95()));
        }

        private static double millis(Duration duration) {
            return duration.toNanos() / NANOS_PER_MILLI;
        }
    }

    static DiscoveryView of(Instant asOf, List<ServiceStatus> statuses) {
        return new DiscoveryView(asOf, statuses.stream().map(Service::of).toList());
    }
}
