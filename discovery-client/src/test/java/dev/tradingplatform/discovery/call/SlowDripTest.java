package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.EndpointStatus;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that always do a little: each read and each write succeeds in time, and the whole never ends. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowDripTest {

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(600);
    private static final Duration DRIP = Duration.ofMillis(20);

    /** For a machine that does other things too; less than what lies between an attempt's end and the call's. */
    private static final Duration NOISE = Duration.ofMillis(1_300);

    private static final byte[] MORE_THAN_SOCKETS_HOLD = new byte[32 << 20];

    private final Fleet fleet = Fleet.of(2);

    @AfterEach
    void stop() {
        fleet.close();
    }

    static Stream<Arguments> drips() {
        return Stream.of(
                Arguments.of("its headers", BackendBehaviour.drippingHeaders(DRIP)),
                Arguments.of("its body", BackendBehaviour.drippingBody(DRIP)),
                Arguments.of("the size of a chunk", BackendBehaviour.drippingChunkSize(DRIP)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drips")
    void failsOverWithinTheAttemptTimeoutWhenAnEndpointDrips(String what, BackendBehaviour drip) {
        Backend dripping = fleet.backend(0).behave(drip);
        String other = fleet.backend(1).name();

        long begun = System.nanoTime();
        for (int call = 0; call < 30; call++) {
            assertThat(fleet.get()).as(what).isEqualTo(other);
        }

        assertThat(elapsed(begun)).as("one of them waited").isBetween(ATTEMPT_TIMEOUT, ATTEMPT_TIMEOUT.plus(NOISE));
        assertThat(fleet.attemptsThatFailed()).isOne();
        assertThat(status(dripping).state()).isEqualTo(EndpointState.EJECTED);
        assertThat(status(dripping).reason()).isEqualTo("no answer in time");
        assertThat(status(dripping).inFlight()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("drips")
    void holdsTheDeadlineWhenAllDripAndLosesNoThread(String what, BackendBehaviour drip) throws Exception {
        fleet.backends().forEach(backend -> backend.behave(drip));
        List<CompletableFuture<Duration>> callers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        this::failing, task -> Thread.ofVirtual().start(task)))
                .limit(16)
                .toList();

        for (CompletableFuture<Duration> caller : callers) {
            assertThat(caller.get(10, TimeUnit.SECONDS)).as(what).isLessThan(DEADLINE.plus(NOISE));
        }
        assertThat(fleet.client().status().getFirst().endpoints())
                .extracting(EndpointStatus::inFlight)
                .containsOnly(0);
    }

    private Duration failing() {
        long begun = System.nanoTime();
        assertThatExceptionOfType(ServiceCallException.class)
                .isThrownBy(fleet::get)
                .withMessageMatching(".* gave no (whole )?answer after \\d+ ms; .*");
        return elapsed(begun);
    }

    @Test
    void givesACallThatCannotBeRepeatedItsWholeDeadlineAndNoMore() {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.drippingBody(DRIP)));

        long begun = System.nanoTime();
        assertThatExceptionOfType(ServiceCallException.DeadlineExceeded.class)
                .isThrownBy(() -> send("POST", new byte[1]));

        assertThat(elapsed(begun)).isBetween(DEADLINE, DEADLINE.plus(NOISE));
    }

    @Test
    void endsAnAttemptWhoseRequestNobodyReads() {
        fleet.backend(0).behave(BackendBehaviour.silent());
        fleet.backend(1).behave(BackendBehaviour.silent());

        long begun = System.nanoTime();
        assertThatExceptionOfType(ServiceCallException.class)
                .isThrownBy(() -> send("PUT", MORE_THAN_SOCKETS_HOLD))
                .withMessageContaining("gave no whole answer");

        assertThat(elapsed(begun)).isLessThan(DEADLINE.plus(NOISE));
    }

    @Test
    void leavesAnAnswerAloneThatArrivesSlowlyButInTime() {
        fleet.get();
        fleet.backends()
                .forEach(backend -> backend.behave(
                        BackendBehaviour.answering(200, "slow but whole").after(Duration.ofMillis(150))));

        assertThat(fleet.get()).isEqualTo("slow but whole");
        assertThat(fleet.attemptsThatFailed()).isZero();
    }

    private void send(String method, byte[] body) {
        fleet.client()
                .send(ServiceRequest.of(method, URI.create("http://stock-service/orders"), Map.of(), body))
                .close();
    }

    private EndpointStatus status(Backend backend) {
        return fleet.client().status().getFirst().endpoints().stream()
                .filter(status -> status.endpoint().toString().equals(backend.name()))
                .findFirst()
                .orElseThrow();
    }

    private static Duration elapsed(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
