package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;

class ServiceLimiterTest {

    private final ServiceLimiter limiter = new ServiceLimiter(Fleet.FULL_NAME);

    @Test
    void admitsUpToTheMaximumOfCalls() throws IOException {
        limiter.enter(2);
        limiter.enter(2);

        assertThatExceptionOfType(DiscoveryException.Rejected.class)
                .isThrownBy(() -> limiter.enter(2))
                .withMessageStartingWith(
                        "stock-service.trading-platform.local was not called: 2 calls are in flight already");
        assertThat(limiter.inFlight()).isEqualTo(2);

        limiter.leave();
        limiter.enter(2);
        assertThat(limiter.inFlight()).isEqualTo(2);
    }

    @Test
    void neverAdmitsMoreThanTheMaximumToManyThreads() {
        List<CompletableFuture<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            threads.add(CompletableFuture.supplyAsync(() -> {
                int max = 0;
                for (int call = 0; call < 10_000; call++) {
                    try {
                        limiter.enter(3);
                        max = Math.max(max, limiter.inFlight());
                        limiter.leave();
                    } catch (DiscoveryException.Rejected rejected) {
                        // As intended, for some.
                    }
                }
                return max;
            }));
        }

        // The number of a rejected call is counted for a moment.
        assertThat(threads.stream().mapToInt(CompletableFuture::join).max().orElseThrow())
                .isLessThanOrEqualTo(3 + 7);
        assertThat(limiter.inFlight()).isZero();
    }

    @Test
    void rejectsACallWhileTheMaximumIsInFlight() throws Exception {
        try (Fleet fleet =
                Fleet.of(1, settings -> settings.withMaxConcurrentCalls(1).withDeadline(Duration.ofSeconds(20)))) {
            fleet.get();
            fleet.backend(0).behave(BackendBehaviour.answering(200, "held").heldUntil(2, BackendBehaviour.FOREVER));
            CompletableFuture<String> first = CompletableFuture.supplyAsync(fleet::getUnchecked);
            Load.await(() -> fleet.inFlight() == 1, "the call is not in flight");

            assertThatExceptionOfType(DiscoveryException.Rejected.class)
                    .isThrownBy(fleet::get)
                    .matches(rejected -> rejected.attempts().isEmpty() && !rejected.sent());

            assertThat(fleet.events().calls()).containsExactly("success", "rejected");
            fleet.backend(0).closeConnections();
            assertThat(first.handle((response, failure) -> "ended").get(10, TimeUnit.SECONDS))
                    .isEqualTo("ended");
            fleet.backend(0).behave(BackendBehaviour.answering(200, "next"));
            assertThat(fleet.get()).isEqualTo("next");
        }
    }

    @Test
    void countsACallUntilItsResponseHeadersArrive() throws IOException {
        try (Fleet fleet = Fleet.of(1, settings -> settings.withMaxConcurrentCalls(1))) {
            fleet.backend(0).behave(BackendBehaviour.answeringBytes(1_000_000));

            String inner = fleet.client().httpClient().execute(new HttpGet(Fleet.URL + "/"), response -> {
                fleet.backend(0).behave(BackendBehaviour.answering(200, "meanwhile"));
                return fleet.get();
            });

            assertThat(inner).isEqualTo("meanwhile");
        }
    }

    @Test
    void admitsCallsAfterManyWereInterrupted() throws Exception {
        try (Fleet fleet =
                Fleet.of(1, settings -> settings.withMaxConcurrentCalls(60).withDeadline(Duration.ofSeconds(20)))) {
            fleet.get();
            fleet.backend(0).behave(BackendBehaviour.silent());
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < 60; caller++) {
                callers.add(Thread.ofVirtual()
                        .start(() -> assertThatExceptionOfType(IOException.class)
                                .isThrownBy(fleet::get)
                                .withMessageContaining("interrupted")));
            }
            Load.await(() -> fleet.inFlight() == callers.size(), "the calls are not in flight");
            callers.forEach(Thread::interrupt);
            for (Thread caller : callers) {
                caller.join();
            }

            fleet.backend(0).behave(BackendBehaviour.answering(200, "fine"));
            assertThat(fleet.get()).isEqualTo("fine");
            assertThat(fleet.inFlight()).isZero();
            assertThat(fleet.events().failedAttempts()).isZero();
            assertThat(fleet.status(fleet.backend(0)).state()).isEqualTo(EndpointState.ACTIVE);
        }
    }
}
