package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.importing.TooManyRowsException;
import dev.tradingplatform.stock.limits.LimitExceededException;
import dev.tradingplatform.stock.series.AdjustmentOutOfRangeException;
import dev.tradingplatform.stock.spool.SpoolFailedException;
import dev.tradingplatform.stock.storage.StorageBusyException;
import dev.tradingplatform.stock.storage.StorageException;
import dev.tradingplatform.stock.storage.StorageFullException;
import dev.tradingplatform.stock.storage.StorageUnavailableException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every failure, Spring's own included, with a problem document, whatever the client would accept. */
@RestControllerAdvice
class ProblemResponses extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> storage(StorageException e, WebRequest request) {
        LOG.warn(
                "{}: {}",
                e.getMessage(),
                e.getCause() == null ? "" : e.getCause().getMessage());
        ErrorResponseException problem = switch (e) {
            case StorageBusyException _ -> Problems.storageBusy();
            case StorageFullException _ -> Problems.storageFull();
            case StorageUnavailableException _ -> Problems.storageUnavailable();
        };
        return refuse(problem, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> limitExceeded(LimitExceededException e, WebRequest request) {
        ErrorResponseException problem = switch (e.kind()) {
            case BODY_SIZE -> Problems.payloadTooLarge(e.limit());
            case TRANSFER_RATE -> Problems.requestTimeout();
            case REQUESTS -> Problems.overloaded(e.limit());
        };
        return refuse(problem, request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> tooManyRows(TooManyRowsException e, WebRequest request) {
        return refuse(Problems.payloadTooLarge(e.limit()), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> adjustmentOutOfRange(AdjustmentOutOfRangeException e, WebRequest request) {
        return refuse(Problems.adjustmentOutOfRange(e.key(), e.start()), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> spoolFailed(SpoolFailedException e, WebRequest request) {
        LOG.error("{}", e.getMessage());
        return refuse(Problems.insufficientStorage(), request);
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> unexpected(RuntimeException e, WebRequest request) {
        LOG.error("Unexpected failure", e);
        ProblemDetail body = Problems.document(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Internal error",
                "Something went wrong here, not with your request. It is in the service's log.");
        return handleExceptionInternal(e, body, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    @Override
    @Nullable
    protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
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

    /** Without the header, Spring adds one to each answer to OPTIONS, with every method there is. */
    @Override
    @Nullable
    protected ResponseEntity<Object> handleNoHandlerFoundException(
            NoHandlerFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        if (HttpMethod.OPTIONS.matches(e.getHttpMethod())) {
            all.set(HttpHeaders.ALLOW, "");
        }
        return super.handleNoHandlerFoundException(e, all, status, request);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem && isUntyped(problem)) {
            HttpStatus known = HttpStatus.valueOf(status.value());
            problem.setType(Problems.type(
                    known.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-')));
        }
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(body, all, status);
    }

    private @Nullable ResponseEntity<Object> refuse(ErrorResponseException problem, WebRequest request) {
        return handleExceptionInternal(
                problem, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
    }

    private static boolean isUntyped(ProblemDetail problem) {
        return problem.getType() == null || problem.getType().toString().equals("about:blank");
    }
}
