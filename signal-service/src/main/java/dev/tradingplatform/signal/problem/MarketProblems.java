package dev.tradingplatform.signal.problem;

import dev.tradingplatform.signal.market.MarketDataException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Says why bars could not be had, or brought, as a problem detail (RFC 9457). */
public final class MarketProblems {

    private MarketProblems() {}

    /** The problem, with the status it is answered with. */
    public static ProblemDetail of(MarketDataException e) {
        return switch (e) {
            case MarketDataException.UnknownTicker unknown -> {
                ProblemDetail problem =
                        problem(HttpStatus.NOT_FOUND, "ticker-not-found", "Ticker not found", unknown.getMessage());
                problem.setProperty("ticker", unknown.ticker());
                yield problem;
            }
            case MarketDataException.NoEndpoint none ->
                problem(HttpStatus.SERVICE_UNAVAILABLE, "no-endpoint", "No endpoint answers", none.getMessage());
            case MarketDataException.DeadlineExceeded late -> tooLate(late);
            case MarketDataException.UnreadableAnswer nonsense -> unreadable(nonsense);
            case MarketDataException.UnknownOutcome unknown -> {
                ProblemDetail problem = unknown.late() ? tooLate(unknown) : unreadable(unknown);
                problem.setProperty("mayHaveBeenWritten", true);
                yield problem;
            }
        };
    }

    /** The problem of an unexpected failure. */
    public static ProblemDetail unexpected() {
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Internal error",
                "The log of signal-service says more.");
    }

    private static ProblemDetail tooLate(MarketDataException e) {
        return problem(HttpStatus.GATEWAY_TIMEOUT, "upstream-timeout", "No answer in time", e.getMessage());
    }

    private static ProblemDetail unreadable(MarketDataException e) {
        return problem(HttpStatus.BAD_GATEWAY, "bad-upstream-answer", "Unreadable answer", e.getMessage());
    }

    static ProblemDetail problem(HttpStatus status, String slug, String title, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:problem:" + slug));
        problem.setTitle(title);
        return problem;
    }
}
