package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.balancer.FailureKind;
import dev.tradingplatform.discovery.balancer.PooledEndpoint;
import dev.tradingplatform.discovery.balancer.Zone;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.ServiceName;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.dns.Wait;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean lookupsEndAtOnce = true;
    private Resolution answer = found(new Endpoint(InetAddress.getLoopbackAddress(), 80));
    private final Service service = new Service(
            new ServiceName("stock-service.zone"),
            80,
            ServiceSettings.DEFAULTS,
            (name, port) -> answer,
            new Service.Environment(
                    DiscoveryListener.NONE,
                    new Zone(List.of()),
                    Duration.ZERO,
                    clock,
                    clock,
                    new Random(1),
                    this::execute,
                    Wait.REAL_TIME,
                    Service.Prober.TCP));

    private static Resolution found(Endpoint endpoint) {
        return new Resolution.Found(List.of(new Target(endpoint, 1, 1)), true, Duration.ofSeconds(10), "");
    }

    private void execute(Runnable task) {
        if (lookupsEndAtOnce) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    private Service.Availability awaitEndpoints() throws IOException, InterruptedException {
        return service.awaitEndpoints(clock.nanoTime() + TIMEOUT.toNanos(), () -> false);
    }

    private void call(Duration duration) throws IOException, InterruptedException {
        service.called();
        assertThat(awaitEndpoints()).isEqualTo(Service.Availability.KNOWN);
        PooledEndpoint endpoint = pick();
        long begin = endpoint.begin();
        clock.advance(duration);
        endpoint.succeeded(begin);
    }

    private PooledEndpoint pick() {
        return service.pool().pick(List.of(), true).orElseThrow();
    }

    @Test
    void isInUseForHalfAMinuteAfterFewCalls() throws Exception {
        call(Duration.ZERO);

        clock.advance(Duration.ofSeconds(29));
        assertThat(service.inUse()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(service.inUse()).isFalse();

        call(Duration.ZERO);
        assertThat(service.inUse()).isTrue();
    }

    @Test
    void isInUseForFiveMinutesAfterManyCalls() throws Exception {
        for (int calls = 0; calls < 10; calls++) {
            call(Duration.ZERO);
        }

        clock.advance(Duration.ofSeconds(299));
        assertThat(service.status().inUse()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(service.status().inUse()).isFalse();
    }

    @Test
    void doesNotWaitForDnsWhileEndpointsRespond() throws Exception {
        call(Duration.ZERO);
        answer = new Resolution.Unavailable("no answer");
        for (int seconds = 0; seconds < Duration.ofMinutes(40).toSeconds(); seconds += 20) {
            clock.advance(Duration.ofSeconds(20));
            call(Duration.ZERO);
        }
        lookupsEndAtOnce = false;
        clock.advance(Duration.ofSeconds(20));
        long begin = System.nanoTime();

        call(Duration.ZERO);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.dividedBy(2));
        assertThat(waiting).as("a lookup in flight").hasSize(1);
    }

    @Test
    void leavesANameToTheSystemThatOnlyTheSystemKnows() throws Exception {
        answer = new Resolution.Absent(Duration.ofSeconds(10), "NXDOMAIN", false);

        assertThat(service.awaitEndpoints(clock.nanoTime() + TIMEOUT.toNanos(), () -> true))
                .isEqualTo(Service.Availability.NO_SUCH_NAME);
        assertThat(service.unknownToDns()).isTrue();
    }

    @Test
    void keepsANameThatDnsKnowsWhateverTheSystemKnows() throws Exception {
        assertThat(service.awaitEndpoints(clock.nanoTime() + TIMEOUT.toNanos(), () -> {
                    throw new AssertionError("the system's resolver is asked only about unknown names");
                }))
                .isEqualTo(Service.Availability.KNOWN);

        // Until the name was found for the first time, it may be one of the system; afterwards it is one of the
        // namespace.
        answer = new Resolution.Absent(Duration.ofSeconds(10), "NXDOMAIN", false);
        clock.advance(Duration.ofMinutes(2));
        awaitEndpoints();
        clock.advance(Duration.ofMinutes(11));
        assertThatExceptionOfType(DiscoveryException.NoEndpoint.class)
                .isThrownBy(() -> service.awaitEndpoints(clock.nanoTime() + TIMEOUT.toNanos(), () -> true));
        assertThat(service.unknownToDns()).isFalse();
    }

    @Test
    void hedgesAfterThreeTenthsOfTheTimeUntilTheLatencyIsKnown() {
        assertThat(service.hedgeDelay(true, DEADLINE)).isEqualTo(Duration.ofSeconds(3));
        assertThat(service.hedgeDelay(true, Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void hedgesAfterThreeTimesTheUsualLatencyWithinLimits() throws Exception {
        for (int calls = 0; calls < 300; calls++) {
            call(Duration.ofMillis(100));
        }
        assertThat(service.hedgeDelay(true, DEADLINE)).isEqualTo(Duration.ofMillis(300));
        assertThat(service.hedgeDelay(true, Duration.ofMillis(500)))
                .as("never later than 3/10 of the time")
                .isEqualTo(Duration.ofMillis(150));
        assertThat(service.hedgeDelay(false, DEADLINE))
                .as("a method that is not safe")
                .isEqualTo(Duration.ofSeconds(3));

        for (int calls = 0; calls < 3_000; calls++) {
            call(Duration.ofMillis(1));
        }
        assertThat(service.hedgeDelay(true, DEADLINE)).as("never earlier").isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void countsSilenceOfMostOfThreeTenthsOfTheDeadline() {
        assertThat(Service.enough(DEADLINE)).isEqualTo(Duration.ofMillis(2_700));
    }

    @Test
    void readmitsAnEndpointThatAcceptsAConnection() throws Exception {
        try (Backend backend = Backend.start()) {
            answer = found(new Endpoint(
                    backend.address().getAddress(), backend.address().getPort()));
            awaitEndpoints();
            lookupsEndAtOnce = false;
            for (int failure = 0; failure < 2; failure++) {
                PooledEndpoint endpoint = pick();
                long begin = endpoint.begin();
                clock.advance(Duration.ofMillis(1));
                endpoint.failed(begin, FailureKind.UNREACHABLE);
            }
            assertThat(state()).isEqualTo(EndpointState.EJECTED);

            lookupsEndAtOnce = true;
            clock.advance(Duration.ofSeconds(2));
            service.maintain();

            assertThat(state()).isEqualTo(EndpointState.ACTIVE);
        }
    }

    private EndpointState state() {
        return service.status().endpoints().get(0).state();
    }
}
