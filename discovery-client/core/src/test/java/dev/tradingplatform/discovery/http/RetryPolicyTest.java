package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.balancer.FailureKind;
import dev.tradingplatform.discovery.http.RetryPolicy.NextStep;
import dev.tradingplatform.discovery.http.RetryPolicy.Situation;
import dev.tradingplatform.discovery.test.ManualClock;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {

    private static final AttemptResult NOT_SENT =
            new AttemptResult.Failed(FailureKind.UNREACHABLE, false, "refused the connection", new IOException());
    private static final AttemptResult NOT_STARTED = new AttemptResult.NotStarted("had no free connection");
    private static final AttemptResult BROKEN =
            new AttemptResult.Failed(FailureKind.BROKEN, true, "failed", new IOException());
    private static final AttemptResult STALE =
            new AttemptResult.Failed(FailureKind.STALE_CONNECTION, true, "failed", new IOException());
    private static final AttemptResult STALE_BEFORE_SENDING =
            new AttemptResult.Failed(FailureKind.STALE_CONNECTION, false, "had closed", new IOException());
    private static final AttemptResult GATEWAY_STATUS = new AttemptResult.Refused(
            Optional.of(new BasicClassicHttpResponse(503)), FailureKind.GATEWAY_STATUS, "answered 503");
    private static final AttemptResult FOREIGN =
            new AttemptResult.Refused(Optional.empty(), FailureKind.FOREIGN, "answered 200 as other");

    private final ManualClock clock = new ManualClock();
    private final RetryBudget budget = new RetryBudget(0, 0, 2, clock);

    /** A GET after its first attempt, with time, endpoints and attempts left. */
    private static Situation get() {
        return new Situation(true, true, 1, 3, true, true);
    }

    private static Situation post() {
        return new Situation(false, false, 0, 3, true, true);
    }

    private static Situation withoutOthers(Situation now) {
        return new Situation(
                now.repeatable(), now.everSent(), now.attempts(), now.maxAttempts(), now.timeLeft(), false);
    }

    private static Situation withoutTime(Situation now) {
        return new Situation(
                now.repeatable(), now.everSent(), now.attempts(), now.maxAttempts(), false, now.otherLeft());
    }

    private static Situation nothingSent(Situation now) {
        return new Situation(
                now.repeatable(), false, now.attempts(), now.maxAttempts(), now.timeLeft(), now.otherLeft());
    }

    private NextStep next(AttemptResult result, Situation now) {
        return RetryPolicy.next(result, now, budget);
    }

    private int budgetLeft() {
        int left = 0;
        while (budget.spend()) {
            left++;
        }
        return left;
    }

    private static String reason(NextStep step) {
        return ((NextStep.GiveUp) step).reason();
    }

    static Stream<AttemptResult> unsent() {
        return Stream.of(NOT_SENT, NOT_STARTED, FOREIGN);
    }

    @ParameterizedTest
    @MethodSource("unsent")
    void sendsAnUnsentRequestToAnotherEndpointAndSpendsNoBudget(AttemptResult result) {
        assertThat(next(result, nothingSent(get()))).isInstanceOf(NextStep.FailOver.class);
        assertThat(next(result, post())).isInstanceOf(NextStep.FailOver.class);
        assertThat(next(result, new Situation(true, true, 3, 3, true, true)))
                .as("also if no attempt is left")
                .isInstanceOf(NextStep.FailOver.class);
        assertThat(budgetLeft()).isEqualTo(2);
    }

    static Stream<AttemptResult> sent() {
        return Stream.of(BROKEN, GATEWAY_STATUS, STALE);
    }

    @ParameterizedTest
    @MethodSource("sent")
    void neverRepeatsASentRequestThatIsNotRepeatable(AttemptResult result) {
        assertThat(reason(next(result, post()))).isEqualTo("the endpoint may have executed the request");
    }

    @Test
    void repeatsASentRequestWhileTheBudgetLasts() {
        assertThat(next(BROKEN, get())).isInstanceOf(NextStep.FailOver.class);
        assertThat(next(GATEWAY_STATUS, get())).isInstanceOf(NextStep.FailOver.class);

        assertThat(reason(next(BROKEN, get()))).isEqualTo("no retry is left");
    }

    @Test
    void repeatsASentRequestUpToTheMaximumOfAttempts() {
        assertThat(next(BROKEN, new Situation(true, true, 2, 3, true, true))).isInstanceOf(NextStep.FailOver.class);

        assertThat(reason(next(BROKEN, new Situation(true, true, 3, 3, true, true))))
                .isEqualTo("no retry is left");
        assertThat(budgetLeft()).isEqualTo(1);
    }

    @Test
    void reconnectsAfterAStaleConnectionWhateverIsLeft() {
        assertThat(next(STALE, withoutOthers(new Situation(true, false, 3, 3, true, true))))
                .isInstanceOf(NextStep.Reconnect.class);
        assertThat(next(STALE_BEFORE_SENDING, withoutOthers(post()))).isInstanceOf(NextStep.Reconnect.class);
        assertThat(budgetLeft()).isEqualTo(2);
    }

    @Test
    void waitsAndRetriesWhileNothingWasSent() {
        assertThat(next(NOT_SENT, withoutOthers(nothingSent(get())))).isInstanceOf(NextStep.PauseAndRetry.class);
        assertThat(next(NOT_STARTED, withoutOthers(post()))).isInstanceOf(NextStep.PauseAndRetry.class);
    }

    @Test
    void givesUpIfTheClientTrustsNoCertificate() {
        AttemptResult untrusted = new AttemptResult.Failed(
                FailureKind.FOREIGN,
                false,
                "failed (TLS)",
                new SSLHandshakeException("PKIX path building failed", new CertPathBuilderException()));

        assertThat(reason(next(untrusted, withoutOthers(post()))))
                .isEqualTo("the client does not trust the certificate");
        assertThat(next(untrusted, post())).isInstanceOf(NextStep.FailOver.class);
    }

    @Test
    void givesUpAfterASentAttemptIfNoOtherEndpointIsLeft() {
        assertThat(reason(next(BROKEN, withoutOthers(get())))).isEqualTo("no other endpoint is left");
        assertThat(reason(next(NOT_SENT, withoutOthers(get()))))
                .as("an earlier attempt was sent")
                .isEqualTo("no other endpoint is left");
        assertThat(budgetLeft())
                .as("a failover that is impossible costs nothing")
                .isEqualTo(2);
    }

    @Test
    void doesNotCallAnotherServiceAgainAndAgain() {
        assertThat(reason(next(FOREIGN, withoutOthers(post())))).isEqualTo("no other endpoint is left");
    }

    @ParameterizedTest
    @EnumSource
    void givesUpWithoutTime(FailureKind kind) {
        for (boolean sent : new boolean[] {false, true}) {
            AttemptResult failed = new AttemptResult.Failed(kind, sent, "failed", new IOException());

            assertThat(reason(next(failed, withoutTime(get())))).isEqualTo("no time is left");
        }
    }
}
