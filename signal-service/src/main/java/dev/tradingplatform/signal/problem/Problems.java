package dev.tradingplatform.signal.problem;

import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.market.MarketDataException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every failure with a problem detail (RFC 9457) whose type is {@code urn:problem:} and a slug. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** Seconds after which a call is worth repeating: discovery looks for new replicas about as often. */
    private static final String RETRY_AFTER = "5";

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalidParameter(InvalidParameterException e) {
        ProblemDetail problem =
                problem(HttpStatus.BAD_REQUEST, "invalid-parameter", "Invalid parameter", e.getMessage());
        problem.setProperty("parameter", e.parameter());
        problem.setProperty("value", e.value());
        problem.setProperty("expected", e.expected());
        return ResponseEntity.of(problem).build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> noMarketData(MarketDataException e) {
        return switch (e) {
            case MarketDataException.UnknownTicker unknown -> {
                ProblemDetail problem =
                        problem(HttpStatus.NOT_FOUND, "ticker-not-found", "Ticker not found", unknown.getMessage());
                problem.setProperty("ticker", unknown.ticker());
                yield ResponseEntity.of(problem).build();
            }
            case MarketDataException.NoEndpoint none ->
                ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                        .body(problem(
                                HttpStatus.SERVICE_UNAVAILABLE,
                                "no-endpoint",
                                "No endpoint answers",
                                none.getMessage()));
            case MarketDataException.DeadlineExceeded late ->
                ResponseEntity.of(problem(
                                HttpStatus.GATEWAY_TIMEOUT, "upstream-timeout", "No answer in time", late.getMessage()))
                        .build();
            case MarketDataException.UnreadableAnswer nonsense -> {
                LOG.warn("{}", nonsense.getMessage(), nonsense);
                yield ResponseEntity.of(problem(
                                HttpStatus.BAD_GATEWAY,
                                "bad-upstream-answer",
                                "Unreadable answer",
                                nonsense.getMessage()))
                        .build();
            }
        };
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(RuntimeException e) {
        LOG.error("A request failed in a way nobody thought of", e);
        return ResponseEntity.of(problem(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        "internal-error",
                        "Internal error",
                        "The log of signal-service says more."))
                .build();
    }

    private static ProblemDetail problem(HttpStatus status, String slug, String title, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:problem:" + slug));
        problem.setTitle(title);
        return problem;
    }

    /** Gives the failures that Spring MVC finds by itself a type too. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ResponseEntity<Object> response = super.handleExceptionInternal(e, body, headers, status, request);
        if (response != null && response.getBody() instanceof ProblemDetail problem) {
            String title = problem.getTitle();
            String slug = title == null
                    ? "http-" + status.value()
                    : title.toLowerCase(Locale.ROOT).replace(' ', '-');
            problem.setType(URI.create("urn:problem:" + slug));
        }
        return response;
    }
}
