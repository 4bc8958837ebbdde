package dev.tradingplatform.signal.problem;

import dev.tradingplatform.signal.backtest.PriceNotAboveZeroException;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.catalogue.Violation;
import dev.tradingplatform.signal.market.ImportFailure;
import dev.tradingplatform.signal.market.MarketDataException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
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
        ProblemDetail problem = MarketProblems.problem(
                HttpStatus.BAD_REQUEST, "invalid-parameter", "Invalid parameter", e.getMessage());
        Violation first = e.violations().getFirst();
        problem.setProperty("parameter", first.parameter());
        problem.setProperty("value", first.value());
        problem.setProperty("expected", first.expected());
        problem.setProperty(
                "errors", e.violations().stream().map(Problems::fields).toList());
        return ResponseEntity.of(problem).build();
    }

    private static Map<String, String> fields(Violation violation) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("parameter", violation.parameter());
        fields.put("value", violation.value());
        fields.put("expected", violation.expected());
        if (!violation.indicator().isEmpty()) {
            fields.put("indicator", violation.indicator());
        }
        return fields;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> noMarketData(MarketDataException e) {
        ProblemDetail problem = MarketProblems.of(e);
        if (problem.getStatus() == HttpStatus.BAD_GATEWAY.value()) {
            LOG.warn("{}", e.getMessage(), e);
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        return (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()
                        ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER)
                        : answer)
                .body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> priceNotAboveZero(PriceNotAboveZeroException e) {
        return ResponseEntity.of(MarketProblems.problem(
                        HttpStatus.UNPROCESSABLE_CONTENT, "price-not-above-zero", "Price not above 0", e.getMessage()))
                .build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> fileNotSent(ImportFailure e) {
        ProblemDetail problem = switch (e) {
            case ImportFailure.TooLarge large ->
                MarketProblems.problem(
                        HttpStatus.CONTENT_TOO_LARGE, "payload-too-large", "File too large", large.getMessage());
            case ImportFailure.BrokenOff broken ->
                MarketProblems.problem(
                        HttpStatus.REQUEST_TIMEOUT, "request-timeout", "File not complete", broken.getMessage());
        };
        return ResponseEntity.of(problem).build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(RuntimeException e) {
        LOG.error("A request failed unexpectedly", e);
        return ResponseEntity.of(MarketProblems.unexpected()).build();
    }

    /** Names HEAD too, which Spring answers wherever it answers GET, and OPTIONS. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
            HttpRequestMethodNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Set<HttpMethod> allowed = new TreeSet<>(headers.getAllow());
        if (allowed.contains(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD);
        }
        allowed.add(HttpMethod.OPTIONS);
        HttpHeaders all = new HttpHeaders();
        all.setAllow(allowed);
        return super.handleHttpRequestMethodNotSupported(e, all, status, request);
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
