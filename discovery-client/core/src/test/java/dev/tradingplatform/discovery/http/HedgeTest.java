package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.FailedAttempt;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A second attempt while the first one is slow: after 3/10 of the deadline until the usual latency is known. */
class HedgeTest {

    private static final Duration DEADLINE = Duration.ofMillis(1_500);

    /** More than 3/10 of the deadline. */
    private static final Duration SLOW = Duration.ofMillis(700);

    private Fleet fleet = Fleet.of(0);

    @AfterEach
    void stop() {
        fleet.close();
    }

    /** @param inTurn of the requests to all replicas together */
    private void start(int replicas, Duration deadline, BackendBehaviour first, BackendBehaviour... inTurn) {
        fleet.close();
        fleet = Fleet.of(replicas, settings -> settings.withDeadline(deadline));
        BackendBehaviour all = BackendBehaviour.inTurn(first, inTurn);
        fleet.backends().forEach(backend -> backend.behave(all));
    }

    private void learnLatency() throws IOException {
        for (int call = 0; call < 200; call++) {
            fleet.get();
        }
    }

    @Test
    void spendsARetryOnACallThatHasWaitedForLongIfNothingIsLeftForHedgedAttempts() throws IOException {
        fleet = Fleet.of(2);
        BackendBehaviour all =
                BackendBehaviour.inTurn(BackendBehaviour.silent(), BackendBehaviour.answering(200, "second"));
        fleet.backends().forEach(backend -> backend.behave(all));
        // Less than the second in which the budget is credited with an attempt.
        DiscoveryRuntime runtime = fleet.runtime(Map.of(), settings -> settings.withDeadline(Duration.ofMillis(900)));
        try (CloseableHttpClient http = Fleet.httpClient(runtime)) {
            HttpGet get = new HttpGet(Fleet.URL + "/api");
            RetryBudget hedges = runtime.services().find(get).orElseThrow().hedgeBudget();
            int spent = 0;
            while (hedges.spend()) {
                spent++;
            }
            assertThat(spent).isEqualTo(50);

            assertThat(Fleet.send(http, get).body()).isEqualTo("second");
        } finally {
            runtime.close();
        }
    }

    @Test
    void waitsForASlowEndpointIfTheHedgedAttemptGetsAServerError() throws IOException {
        start(
                2,
                DEADLINE,
                BackendBehaviour.answering(200, "slow").after(SLOW),
                BackendBehaviour.answering(500, "failed"));

        assertThat(fleet.get()).isEqualTo("slow");
        assertThat(fleet.events().failedAttempts()).isEqualTo(1);
    }

    @Test
    void deliversTheServerErrorOfTheHedgedAttemptIfTheSlowOneFails() throws IOException {
        start(2, DEADLINE, BackendBehaviour.silent(), BackendBehaviour.answering(500, "failed"));

        assertThat(fleet.send(new HttpGet(Fleet.URL + "/api")).status()).isEqualTo(500);
    }

    @Test
    void deliversTheResponseOfASecondEndpointIfTheFirstOneIsSlow() throws IOException {
        fleet = Fleet.of(2, settings -> settings.withDeadline(Duration.ofSeconds(20)));
        learnLatency();
        Backend slow = fleet.backend(0);
        slow.behave(BackendBehaviour.answering(200, slow.name()).after(Duration.ofSeconds(2)));

        for (int call = 0; call < 20; call++) {
            assertThat(fleet.get()).isEqualTo(fleet.backend(1).name());
        }

        assertThat(fleet.events().all())
                .as("the slow endpoint was tried as well")
                .contains(new Fleet.Attempted(slow.name(), "cancelled", false))
                .contains(new Fleet.Attempted(fleet.backend(1).name(), "success", true));
        Load.await(() -> slow.connections() == 0, "the connection of the slow attempt is still open");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void doesNotSendARequestTwiceThatIsNotRepeatable() throws IOException {
        start(2, DEADLINE, BackendBehaviour.answering(200, "done").after(SLOW));

        assertThat(fleet.post("only once").body()).isEqualTo("done");

        assertThat(fleet.executed()).isOne();
        assertThat(fleet.events().all()).hasSize(1);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void doesNotSendARequestTwiceThatMayHaveOneAttempt() throws IOException {
        fleet = Fleet.of(2, settings -> settings.withDeadline(DEADLINE).withMaxAttempts(1));
        fleet.backends()
                .forEach(backend ->
                        backend.behave(BackendBehaviour.answering(200, "done").after(SLOW)));

        assertThat(fleet.get()).isEqualTo("done");

        assertThat(fleet.events().all()).hasSize(1);
    }

    @Test
    void hedgesAMethodThatIsNotSafeOnlyAfterALongTime() throws IOException {
        fleet = Fleet.of(2, settings -> settings.withDeadline(Duration.ofSeconds(20)));
        learnLatency();
        fleet.backends()
                .forEach(backend ->
                        backend.behave(BackendBehaviour.answering(200, "done").after(Duration.ofSeconds(1))));

        HttpPut put = new HttpPut(Fleet.URL + "/");
        put.setEntity(new StringEntity("x"));
        assertThat(fleet.send(put).body()).isEqualTo("done");
        assertThat(fleet.events().all()).extracting(Fleet.Attempted::hedged).doesNotContain(true);

        fleet.get();
        Load.await(() -> fleet.events().all().stream().anyMatch(Fleet.Attempted::hedged), "the GET was not hedged");
    }

    @Test
    void failsOverAsUsualBeforeTheDelay() throws IOException {
        fleet = Fleet.of(3);
        fleet.backend(0).refuse();
        fleet.backend(1).behave(BackendBehaviour.answering(503, "no"));

        for (int call = 0; call < 20; call++) {
            assertThat(fleet.get()).isEqualTo(fleet.backend(2).name());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void reachesAtMostThreeEndpointsAndNoneTwiceIfAllFreeze() {
        start(6, Duration.ofMillis(800), BackendBehaviour.silent());

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .satisfies(failure -> assertThat(failure.attempts())
                        .extracting(FailedAttempt::endpoint)
                        .isNotEmpty()
                        .doesNotHaveDuplicates());

        assertThat(fleet.backends().stream().mapToLong(Backend::accepted).max()).hasValue(1);
        assertThat(fleet.backends().stream().mapToLong(Backend::accepted).sum()).isBetween(2L, 3L);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void waitsForTheFirstAttemptIfTheSecondOneFailsAndThereIsNoThirdEndpoint() throws IOException {
        start(2, DEADLINE, BackendBehaviour.answering(200, "slow").after(SLOW), BackendBehaviour.answering(503, "no"));

        assertThat(fleet.get()).isEqualTo("slow");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void waitsForTheSecondAttemptIfTheFirstOneFails() throws IOException {
        start(
                2,
                DEADLINE,
                BackendBehaviour.answering(503, "no").after(SLOW),
                BackendBehaviour.answering(200, "second").after(SLOW));

        assertThat(fleet.get()).isEqualTo("second");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void deliversTheResponseOfOneAttemptIfTheOtherOneNeverEnds() throws IOException {
        start(2, DEADLINE, BackendBehaviour.answering(503, "busy").after(SLOW), BackendBehaviour.silent());

        assertThat(fleet.get()).isEqualTo("busy");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void reportsHowLongEachAttemptTook() {
        start(2, DEADLINE, BackendBehaviour.freezingAfterExecution(), BackendBehaviour.breakingAfterExecution());

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .satisfies(failure -> assertThat(failure.attempts())
                        .filteredOn(attempt -> !attempt.timedOut())
                        .singleElement()
                        .extracting(FailedAttempt::duration)
                        .isNotNull()
                        .matches(duration -> duration.compareTo(Duration.ofSeconds(1)) < 0, "less than 1 s"));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void sharesTheBodyOfARepeatableRequest() throws IOException {
        start(
                2,
                DEADLINE,
                connection -> {
                    connection.execute();
                    connection.pause(BackendBehaviour.FOREVER);
                    return false;
                },
                BackendBehaviour.answering(200, "second"));
        HttpPut put = new HttpPut(Fleet.URL + "/");
        put.setEntity(new StringEntity("the whole body"));

        assertThat(fleet.send(put).body()).isEqualTo("second");

        assertThat(fleet.backends().stream().flatMap(backend -> backend.executed().stream()))
                .extracting(request -> request.body())
                .containsExactly("the whole body", "the whole body");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void endsBothAttemptsIfTheApplicationCancelsTheRequest() throws Exception {
        start(
                2,
                Duration.ofSeconds(2),
                BackendBehaviour.answeringBytes(5_000_000).after(Duration.ofMillis(1_500)));
        HttpGet get = new HttpGet(Fleet.URL + "/");
        CompletableFuture<Void> call =
                CompletableFuture.runAsync(() -> assertThatIOException().isThrownBy(() -> fleet.send(get)));
        Load.await(
                () -> fleet.backends().stream().allMatch(backend -> backend.connections() == 1), "no hedged attempt");

        get.cancel();

        call.get(5, TimeUnit.SECONDS);
        assertNothingIsLeft();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void endsBothAttemptsIfTheCallerIsInterrupted() throws Exception {
        start(
                2,
                Duration.ofSeconds(2),
                BackendBehaviour.answeringBytes(5_000_000).after(Duration.ofMillis(1_500)));
        Thread caller = Thread.ofVirtual()
                .start(() -> assertThatIOException().isThrownBy(fleet::get).withMessageContaining("interrupted"));
        Load.await(
                () -> fleet.backends().stream().allMatch(backend -> backend.connections() == 1), "no hedged attempt");

        caller.interrupt();

        caller.join();
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        Load.await(() -> fleet.inFlight() == 0, "an attempt is still in flight");
        Load.await(
                () -> fleet.backends().stream().allMatch(backend -> backend.connections() == 0),
                "a connection is still open");
        assertThat(fleet.endpoints()).allMatch(status -> status.state() == EndpointState.ACTIVE);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void doesNotHedgeARequestWhoseCredentialsTheSecondAttemptWouldNotHave() throws IOException {
        start(
                2,
                DEADLINE,
                BackendBehaviour.choosing(
                        request -> request.header("authorization").isEmpty()
                                ? BackendBehaviour.answering(401, "unauthorized")
                                : BackendBehaviour.answering(200, "authorized").after(SLOW)));
        BasicScheme preemptive = new BasicScheme();
        preemptive.initPreemptive(new UsernamePasswordCredentials("user", "password".toCharArray()));
        HttpClientContext context = HttpClientContext.create();
        context.resetAuthExchange(new HttpHost("http", Fleet.SERVICE, 80), preemptive);

        Fleet.Response response =
                fleet.client().httpClient().execute(new HttpGet(Fleet.URL + "/"), context, Fleet.Response::of);

        assertThat(response.body()).isEqualTo("authorized");
    }
}
