package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceActivity;
import dev.tradingplatform.discovery.ServiceStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiscoveryMetricsTest {

    private static final Duration NO_TIME = Duration.ZERO;
    private static final ServiceActivity ACTIVITY = new ServiceActivity(100, 1, 2, 3, 4, 5, 6, 7, 80, 40);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<List<ServiceStatus>> status = new AtomicReference<>(List.of());
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong nanoTime = new AtomicLong();
    private final DiscoveryMetrics metrics = new DiscoveryMetrics(
            registry,
            () -> {
                reads.incrementAndGet();
                return status.get();
            },
            nanoTime::get);

    private static Endpoint endpoint(int port) {
        return new Endpoint(InetAddress.getLoopbackAddress(), port);
    }

    private static ServiceStatus service(String name, EndpointState... states) {
        List<EndpointStatus> endpoints = IntStream.range(0, states.length)
                .mapToObj(each -> new EndpointStatus(
                        endpoint(each + 1), states[each], "", Instant.EPOCH, Instant.EPOCH, 0, 0, 0, NO_TIME, NO_TIME))
                .toList();
        return new ServiceStatus(name, RecordType.A, true, false, NO_TIME, "", ACTIVITY, endpoints);
    }

    private void aSecondPasses() {
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    private double endpoints(String service, String state) {
        return registry.get("discovery.endpoints")
                .tags("service", service, "state", state)
                .gauge()
                .value();
    }

    @Test
    void countCallsAttemptsAndLookupsByServiceAndOutcome() {
        metrics.onCall("stock.zone", "success", Duration.ofMillis(20));
        metrics.onAttempt("stock.zone", endpoint(80), "unreachable", false);
        metrics.onAttempt("stock.zone", endpoint(80), "success", true);
        metrics.onLookup("stock.zone", "found", "");

        assertThat(registry.get("discovery.calls")
                        .tags("service", "stock.zone", "outcome", "success")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(20);
        assertThat(registry.get("discovery.attempts")
                        .tags("outcome", "unreachable", "hedged", "false")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("discovery.attempts")
                        .tags("outcome", "success", "hedged", "true")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("discovery.lookups")
                        .tags("service", "stock.zone", "outcome", "found")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** With A records the ports of the URLs have a state each. */
    @Test
    void showHowManyEndpointsOfAServiceAreInWhichState() {
        metrics.onLookup("stock.zone", "found", "");
        status.set(List.of(
                service("stock.zone", EndpointState.ACTIVE, EndpointState.EJECTED),
                service("stock.zone", EndpointState.ACTIVE),
                service("other.zone", EndpointState.ACTIVE)));
        aSecondPasses();

        assertThat(endpoints("stock.zone", "active")).isEqualTo(2);
        assertThat(endpoints("stock.zone", "ejected")).isEqualTo(1);
        assertThat(endpoints("stock.zone", "draining")).isZero();
    }

    /** With A records the ports of the URLs have counts each. */
    @Test
    void countWhatTheRulesForFailuresDo() {
        metrics.onLookup("stock.zone", "found", "");
        status.set(List.of(service("stock.zone"), service("stock.zone"), service("other.zone")));
        aSecondPasses();

        assertThat(registry.get("discovery.activity").functionCounters())
                .extracting(counter -> counter.getId().getTag("event"), FunctionCounter::count)
                .containsExactlyInAnyOrder(
                        tuple("retry", 2.0),
                        tuple("hedged-attempt", 4.0),
                        tuple("stale-connection", 6.0),
                        tuple("pause", 8.0),
                        tuple("early-lookup", 10.0),
                        tuple("probe", 12.0),
                        tuple("partial-answer", 14.0));
    }

    @Test
    void readTheStateOncePerScrape() {
        metrics.onLookup("stock.zone", "found", "");
        status.set(List.of(service("stock.zone", EndpointState.ACTIVE)));
        aSecondPasses();
        int before = reads.get();

        for (EndpointState state : EndpointState.values()) {
            assertThat(endpoints("stock.zone", state.name().toLowerCase(Locale.ROOT)))
                    .isNotNegative();
        }

        assertThat(reads.get() - before).isEqualTo(1);
    }

    @Test
    void disappearWithAServiceThatTheClientForgets() {
        status.set(List.of(service("stock.zone"), service("other.zone")));
        aSecondPasses();
        for (String name : List.of("stock.zone", "other.zone")) {
            metrics.onLookup(name, "found", "");
            metrics.onCall(name, "success", NO_TIME);
        }

        status.set(List.of(service("other.zone")));
        aSecondPasses();
        metrics.onLookup("other.zone", "found", "");

        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTag("service")).isEqualTo("other.zone"));
    }
}
