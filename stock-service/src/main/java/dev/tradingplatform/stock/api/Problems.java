package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.importing.ImportResult;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Every refusal the API knows, as a problem document (RFC 9457) with a type of its own. */
final class Problems {

    private static final String TYPES = "urn:problem:";

    private Problems() {}

    static ErrorResponseException invalidParameters(List<Violation> violations) {
        String detail =
                String.join("; ", violations.stream().map(Violation::message).toList());
        return withErrors(HttpStatus.BAD_REQUEST, "invalid-parameter", "Invalid parameter", detail, violations);
    }

    static ErrorResponseException tickerNotFound(SeriesKey key) {
        String detail = "There are no %s bars of %s."
                .formatted(key.timeframe().code(), key.ticker().symbol());
        return problem(HttpStatus.NOT_FOUND, "ticker-not-found", "Ticker not found", detail);
    }

    static ErrorResponseException tickerNotFound(Ticker ticker) {
        String detail = "There is nothing of %s.".formatted(ticker.symbol());
        return problem(HttpStatus.NOT_FOUND, "ticker-not-found", "Ticker not found", detail);
    }

    static ErrorResponseException barNotFound(SeriesKey key, long start) {
        String detail = "There is no %s bar of %s at %s."
                .formatted(key.timeframe().code(), key.ticker().symbol(), TimestampFormat.text(start));
        return problem(HttpStatus.NOT_FOUND, "bar-not-found", "Bar not found", detail);
    }

    static ErrorResponseException notAcceptable(HttpServletRequest request) {
        String detail = "Accept: " + request.getHeader(HttpHeaders.ACCEPT)
                + " (expected: application/json, text/csv or application/x-ndjson)";
        return problem(HttpStatus.NOT_ACCEPTABLE, "not-acceptable", "Not acceptable", detail);
    }

    static ErrorResponseException preconditionFailed() {
        return problem(
                HttpStatus.PRECONDITION_FAILED,
                "precondition-failed",
                "Precondition failed",
                "The current ETag does not meet If-Match or If-None-Match; read it again. Nothing was written.");
    }

    static ErrorResponseException alreadyExists(List<Violation> violations, long total) {
        String detail = total + " of the bars are there already and mode=insert refuses that. Nothing was written.";
        return withErrors(HttpStatus.CONFLICT, "already-exists", "Already exists", detail, violations);
    }

    static ErrorResponseException adjustmentOutOfRange(SeriesKey key, long start) {
        String bar = "%s bar of %s".formatted(key.timeframe().code(), TimestampFormat.text(start));
        return problem(
                HttpStatus.CONFLICT,
                "adjustment-out-of-range",
                "Adjustment out of range",
                "The splits and dividends of " + key.ticker().symbol() + " make a " + bar
                        + " whose prices or volume are out of range; correct them, or read with adjustment=raw.");
    }

    static ErrorResponseException notEmpty() {
        return problem(
                HttpStatus.CONFLICT,
                "not-empty",
                "Not empty",
                "The database has series, splits or dividends (expected: none). Nothing was written. Restore the archive"
                        + " into a new database.");
    }

    static ErrorResponseException unknownChange(long after, long last) {
        return problem(
                HttpStatus.GONE,
                "unknown-change",
                "Unknown change",
                "after: " + after + " (expected: 0 to " + last + ", the number of the last change). This is not the"
                        + " database that the number is from: read all series again, with after=0.");
    }

    static ErrorResponseException payloadTooLarge(String limit) {
        String detail = "One request may bring at most " + limit + ". Nothing was written; send it in parts.";
        return problem(HttpStatus.CONTENT_TOO_LARGE, "payload-too-large", "Payload too large", detail);
    }

    static ErrorResponseException unsupportedMediaType(String contentType, String expected) {
        String detail = "Content-Type: " + contentType + " (expected: " + expected + ").";
        return problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type", detail);
    }

    static ErrorResponseException unsupportedEncoding(String encoding) {
        String detail = "Content-Encoding: " + encoding + " (expected: gzip, or none).";
        return problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type", detail);
    }

    static ErrorResponseException noFile() {
        return bodyUnreadable(
                "The form has no file: send it as a part with a file name, such as curl -F file=@quotes.csv.");
    }

    static ErrorResponseException severalFiles() {
        return bodyUnreadable("The form has more than one file: send each in a request of its own.");
    }

    static ErrorResponseException noBoundary() {
        return bodyUnreadable(
                "Content-Type: multipart/form-data needs the parameter boundary, as curl -F and browsers send it.");
    }

    static ErrorResponseException malformedEscape() {
        return bodyUnreadable("The form has a % that is not followed by two hexadecimal digits.");
    }

    static ErrorResponseException notGzip() {
        return bodyUnreadable("Content-Encoding: gzip, but the body is not gzip.");
    }

    static ErrorResponseException bodyUnreadable() {
        return bodyUnreadable("The body ended before it was complete.");
    }

    private static ErrorResponseException bodyUnreadable(String why) {
        String detail = why + " Nothing was written.";
        return problem(HttpStatus.BAD_REQUEST, "body-unreadable", "Body unreadable", detail);
    }

    static ErrorResponseException requestTimeout() {
        String detail = "The body came too slowly. Nothing was written; send it again, perhaps in parts.";
        ErrorResponseException problem =
                problem(HttpStatus.REQUEST_TIMEOUT, "request-timeout", "Request timeout", detail);
        // What is left of the body will not be read (RFC 9110 §15.5.9).
        problem.getHeaders().set(HttpHeaders.CONNECTION, "close");
        return problem;
    }

    static ErrorResponseException overloaded(String why) {
        String detail = "Too much to do: " + why + ". Nothing was written; send the same again.";
        ErrorResponseException problem = problem(HttpStatus.SERVICE_UNAVAILABLE, "overloaded", "Overloaded", detail);
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return problem;
    }

    static ErrorResponseException insufficientStorage() {
        String detail = "The disk has no room for what this request moves. Nothing was written.";
        return problem(HttpStatus.INSUFFICIENT_STORAGE, "insufficient-storage", "Insufficient storage", detail);
    }

    static ErrorResponseException validationFailed(ImportResult.Faults faults) {
        return validationFailed(faults, "");
    }

    /** Refuses a file; says how the rows without faults can be imported. */
    static ErrorResponseException importRefused(ImportResult.Faults faults) {
        String rest = faults.fatal() ? "" : " With onError=skip the rows without faults are imported.";
        return validationFailed(faults, rest);
    }

    private static ErrorResponseException validationFailed(ImportResult.Faults faults, String hint) {
        String first = faults.listed().isEmpty()
                ? ""
                : " First: " + where(faults.listed().getFirst());
        String detail = faults.total() + (faults.total() == 1 ? " fault" : " faults")
                + " in the body. Nothing was written." + first + (first.isEmpty() || hint.isEmpty() ? "" : ".") + hint;
        ErrorResponseException problem = withErrors(
                HttpStatus.UNPROCESSABLE_CONTENT, "validation-failed", "Validation failed", detail, faults.listed());
        problem.getBody().setProperty("errorCount", faults.total());
        return problem;
    }

    static ErrorResponseException storageBusy() {
        ErrorResponseException problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "storage-busy",
                "Storage busy",
                "Others were writing for longer than a request waits. Nothing was written; send the same again.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return problem;
    }

    static ErrorResponseException storageFull() {
        return problem(
                HttpStatus.INSUFFICIENT_STORAGE,
                "storage-full",
                "Storage full",
                "There is no room left for quotes. Nothing was written; what is there can still be read.");
    }

    static ErrorResponseException storageUnavailable() {
        ErrorResponseException problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "storage-unavailable",
                "Storage unavailable",
                "The database cannot be read or written. All of the request was done or nothing; send the same again.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        return problem;
    }

    static ProblemDetail document(HttpStatus status, String slug, String title, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, detail);
        document.setType(type(slug));
        document.setTitle(title);
        return document;
    }

    static URI type(String slug) {
        return URI.create(TYPES + slug);
    }

    private static String where(Violation violation) {
        return (violation.line() == null ? violation.pointer() : "line " + violation.line()) + ", "
                + violation.message();
    }

    private static ErrorResponseException withErrors(
            HttpStatus status, String slug, String title, String detail, List<Violation> violations) {
        ErrorResponseException problem = problem(status, slug, title, detail);
        problem.getBody().setProperty("errors", violations);
        return problem;
    }

    private static ErrorResponseException problem(HttpStatus status, String slug, String title, String detail) {
        return new ErrorResponseException(status, document(status, slug, title, detail), null);
    }
}
