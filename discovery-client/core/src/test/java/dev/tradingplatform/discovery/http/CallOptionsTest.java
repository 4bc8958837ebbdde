package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tradingplatform.discovery.CallOptions;
import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;

class CallOptionsTest {

    private static final Duration USUAL = Duration.ofSeconds(10);

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    private static long deadline(long now) {
        return CallOptions.current().deadline(now, USUAL);
    }

    @Test
    void callersWithLittleTimeDoNotCountAgainstTheEndpoints() throws IOException {
        try (Fleet fleet = Fleet.of(2)) {
            fleet.get();
            fleet.backends()
                    .forEach(slow ->
                            slow.behave(BackendBehaviour.answering(200, "late").after(Duration.ofMillis(200))));
            for (int call = 0; call < 60; call++) {
                CallOptions.NONE
                        .withDeadlineAt(in(Duration.ofMillis(10)))
                        .run(() -> assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                                .isThrownBy(fleet::get));
            }

            assertThat(fleet.get()).isEqualTo("late");
            assertThat(fleet.endpoints())
                    .hasSize(2)
                    .allMatch(status -> status.state() == EndpointState.ACTIVE)
                    .allMatch(status -> status.inFlight() == 0);
        }
    }

    @Test
    void limitsTheTimeOfOneCall() {
        try (Fleet fleet = Fleet.of(1, settings -> settings.withDeadline(USUAL))) {
            fleet.backend(0).behave(BackendBehaviour.silent());

            CallOptions.NONE
                    .withDeadline(Duration.ofMillis(300))
                    .run(() -> assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                            .isThrownBy(fleet::get)
                            .withMessageContaining("did not respond within 300 ms"));
        }
    }

    @Test
    void extendsTheTimeOfOneCall() {
        try (Fleet fleet = Fleet.of(1, settings -> settings.withDeadline(Duration.ofMillis(300)))) {
            fleet.backend(0).behave(BackendBehaviour.answering(200, "late").after(Duration.ofMillis(600)));

            String response = CallOptions.NONE.withDeadline(USUAL).run(fleet::getUnchecked);

            assertThat(response).isEqualTo("late");
        }
    }

    @Test
    void limitsTheAttemptsThatReachAnEndpointAndNotTheConnects() {
        try (Fleet fleet = Fleet.of(3)) {
            fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "busy")));
            assertThat(CallOptions.NONE.withMaxAttempts(1).run(fleet::getUnchecked))
                    .isEqualTo("busy");
            assertThat(fleet.executed()).isOne();

            fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(200, backend.name())));
            fleet.backend(0).refuse();
            fleet.backend(1).refuse();
            for (int call = 0; call < 10; call++) {
                assertThat(CallOptions.NONE.withMaxAttempts(1).run(fleet::getUnchecked))
                        .isEqualTo(fleet.backend(2).name());
            }
        }
    }

    @Test
    void bypassesTheLibrary() throws IOException {
        String unknown = "stock-service-that-only-dns-of-the-namespace-knows";
        try (Fleet fleet = Fleet.of(1);
                Backend other = Backend.start()) {
            fleet.cloudMap()
                    .register(
                            unknown,
                            "task1",
                            other.address().getAddress(),
                            other.address().getPort());
            HttpGet get = new HttpGet("http://" + unknown + "/");
            assertThat(fleet.send(get).status()).isEqualTo(200);

            CallOptions.NONE
                    .withBypass()
                    .run(() -> assertThatExceptionOfType(UnknownHostException.class)
                            .isThrownBy(() -> fleet.send(get)));
        }
    }

    @Test
    void theEarlierOfTwoDeadlinesHoldsAndTheOuterOneReturns() {
        long now = System.nanoTime();
        long near = now + Duration.ofSeconds(1).toNanos();
        long far = now + Duration.ofSeconds(2).toNanos();
        CallOptions.Scope outer = CallOptions.NONE.withDeadlineAt(near).open();
        CallOptions.NONE.withDeadlineAt(far).run(() -> assertThat(deadline(now)).isEqualTo(near));
        CallOptions.NONE
                .withDeadlineAt(near - 1)
                .run(() -> assertThat(deadline(now)).isEqualTo(near - 1));
        assertThat(deadline(now)).isEqualTo(near);
        outer.close();
        assertThat(deadline(now)).isEqualTo(now + USUAL.toNanos());
    }

    @Test
    void theDeadlineOfTheCallerHoldsIfACallHasMoreTime() {
        long now = System.nanoTime();
        long ofTheCaller = now + Duration.ofSeconds(1).toNanos();

        CallOptions.NONE.withDeadlineAt(ofTheCaller).run(() -> {
            CallOptions.NONE
                    .withDeadline(Duration.ofHours(1))
                    .run(() -> assertThat(deadline(now)).isEqualTo(ofTheCaller));
            CallOptions.NONE
                    .withDeadline(Duration.ofMillis(1))
                    .run(() -> assertThat(deadline(now)).isEqualTo(now + 1_000_000));
        });
    }

    @Test
    void comparesInstantsThatOverflow() {
        long now = Long.MAX_VALUE - 1_000;
        CallOptions afterTheOverflow =
                CallOptions.NONE.withDeadlineAt(now + Duration.ofHours(1).toNanos());

        assertThat(afterTheOverflow.deadline(now, USUAL)).isEqualTo(now + USUAL.toNanos());
        assertThat(CallOptions.NONE.withDeadlineAt(now + 1).deadline(now, USUAL))
                .isEqualTo(now + 1);
    }

    @Test
    void theSmallestMaximumOfAttemptsHolds() {
        CallOptions.NONE.withMaxAttempts(2).run(() -> {
            CallOptions.NONE
                    .withMaxAttempts(5)
                    .run(() -> assertThat(CallOptions.current().maxAttempts(3)).isEqualTo(2));
            CallOptions.NONE.withMaxAttempts(1).withBypass().run(() -> {
                assertThat(CallOptions.current().maxAttempts(3)).isEqualTo(1);
                assertThat(CallOptions.current().bypass()).isTrue();
            });
            assertThat(CallOptions.current().bypass()).isFalse();
        });
        assertThat(CallOptions.current().maxAttempts(3)).isEqualTo(3);
    }

    @Test
    void endWithTheirBlockAlsoIfItFails() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> CallOptions.NONE.withMaxAttempts(1).run(() -> {
                    throw new IllegalStateException("failed");
                }));

        assertThat(CallOptions.current()).isSameAs(CallOptions.NONE);
    }

    @Test
    void doNotApplyToOtherThreads() throws Exception {
        CompletableFuture<CallOptions> ofAnother = CallOptions.NONE
                .withMaxAttempts(1)
                .run(() -> CompletableFuture.supplyAsync(
                        CallOptions::current, task -> Thread.ofVirtual().start(task)));

        assertThat(ofAnother.get(10, TimeUnit.SECONDS)).isSameAs(CallOptions.NONE);
    }

    @Test
    void refuseValuesThatNoCallCanHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.NONE.withDeadline(Duration.ZERO))
                .withMessage("deadline: PT0S (expected: more than zero)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.NONE.withMaxAttempts(0))
                .withMessage("maxAttempts: 0 (expected: 1 or more)");
    }

    @Test
    void aDeadlineThatHasPassedEndsACallBeforeItsFirstAttempt() throws IOException {
        try (Fleet fleet = Fleet.of(1)) {
            fleet.get();

            CallOptions.NONE
                    .withDeadlineAt(System.nanoTime() - 1)
                    .run(() -> assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                            .isThrownBy(fleet::get)
                            .matches(failure -> !failure.sent()));

            assertThat(fleet.executed()).isOne();
        }
    }
}
