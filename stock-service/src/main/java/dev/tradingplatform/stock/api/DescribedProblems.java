package dev.tradingplatform.stock.api;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Responses with a problem document, as the OpenAPI document describes them. An annotation on a method of a controller
 * means that the method can have that response. OpenApiAnswersTest compares them with real responses.
 */
final class DescribedProblems {

    private static final String PROBLEM = "application/problem+json";

    private DescribedProblems() {}

    /** Invalid parameter. */
    @ApiResponse(
            responseCode = "400",
            description = """
                    A parameter is unknown, repeated, out of range, or contradicts another; all of them are listed. Also \
                    `body-unreadable` if a body ends before it is complete, and `bad-request` for what is not HTTP.""",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:invalid-parameter",
                              "title": "Invalid parameter",
                              "status": 400,
                              "detail": "limit: 0 (expected: an integer from 1 to 10000)",
                              "errors": [
                                {
                                  "field": "limit",
                                  "code": "out-of-range",
                                  "value": "0",
                                  "message": "limit: 0 (expected: an integer from 1 to 10000)"
                                }
                              ]
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface InvalidParameter {}

    /** Ticker not found. */
    @ApiResponse(
            responseCode = "404",
            description = "There are no such bars (`ticker-not-found`), or no bar at that time (`bar-not-found`).",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:ticker-not-found",
                              "title": "Ticker not found",
                              "status": 404,
                              "detail": "There are no 1d bars of NOSUCH."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface NotFound {}

    /** Not acceptable. */
    @ApiResponse(
            responseCode = "406",
            description = "No representation fits the header Accept.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:not-acceptable",
                              "title": "Not acceptable",
                              "status": 406,
                              "detail": "Accept: image/png (expected: application/json, text/csv or application/x-ndjson)"
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface NotAcceptable {}

    /** Request timeout. */
    @ApiResponse(
            responseCode = "408",
            description = """
                    The header, or the body, did not come, or came more slowly than it may. Nothing was written, and the \
                    connection is closed.""",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:request-timeout",
                              "title": "Request timeout",
                              "status": 408,
                              "detail": "The body came too slowly. Nothing was written; send it again, perhaps in parts."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface RequestTimeout {}

    /** Already exists. */
    @ApiResponse(
            responseCode = "409",
            description = "With mode=insert: bars are there already. Nothing was written.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:already-exists",
                              "title": "Already exists",
                              "status": 409,
                              "detail": "1 of the bars are there already and mode=insert refuses that. Nothing was written.",
                              "errors": [
                                {
                                  "line": 2,
                                  "field": "timestamp",
                                  "code": "already-exists",
                                  "value": "2024-01-02T00:00:00Z",
                                  "message": "timestamp: 2024-01-02T00:00:00Z (expected: one that is not there yet)"
                                }
                              ]
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface AlreadyExists {}

    /** Adjustment out of range. */
    @ApiResponse(
            responseCode = "409",
            description = """
                    With adjustment=split or all: the splits or dividends would make a price of 0, or a price or volume larger than any that \
                    can be imported. Raw prices can be read.""",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:adjustment-out-of-range",
                              "title": "Adjustment out of range",
                              "status": 409,
                              "detail": "The splits and dividends of TICKER_1 make a 1d bar of 2024-01-02T00:00:00Z whose prices or volume are out of range; correct them, or read with adjustment=raw."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface AdjustmentOutOfRange {}

    /** Not empty. */
    @ApiResponse(
            responseCode = "409",
            description = "The database is not empty. Nothing was written.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:not-empty",
                              "title": "Not empty",
                              "status": 409,
                              "detail": "The database has series, splits or dividends (expected: none). Nothing was written. Restore the archive into a new database."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface NotEmpty {}

    /** Unknown change. */
    @ApiResponse(
            responseCode = "410",
            description = "The number is larger than any that this database has given.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:unknown-change",
                              "title": "Unknown change",
                              "status": 410,
                              "detail": "after: 900 (expected: 0 to 42, the number of the last change). This is not the database that the number is from: read all series again, with after=0."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface UnknownChange {}

    /** Precondition failed. */
    @ApiResponse(
            responseCode = "412",
            description = "If-Match or If-None-Match is not met. Nothing was written.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:precondition-failed",
                              "title": "Precondition failed",
                              "status": 412,
                              "detail": "The current ETag does not meet If-Match or If-None-Match; read it again. Nothing was written."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface PreconditionFailed {}

    /** Payload too large. */
    @ApiResponse(
            responseCode = "413",
            description = """
                    More than 1,000,000 rows, 10,000 tickers or 256 MB in one import, or more than 64 KB elsewhere. \
                    Nothing was written.""",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:payload-too-large",
                              "title": "Payload too large",
                              "status": 413,
                              "detail": "One request may bring at most 1000000 rows. Nothing was written; send it in parts."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface PayloadTooLarge {}

    /** Unsupported media type. */
    @ApiResponse(
            responseCode = "415",
            description = "The body is of a type that is not read here.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:unsupported-media-type",
                              "title": "Unsupported media type",
                              "status": 415,
                              "detail": "Content-Type: application/xml (expected: application/json, application/x-ndjson or text/csv)."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface UnsupportedMediaType {}

    /** Validation failed. */
    @ApiResponse(
            responseCode = "422",
            description = """
                    The body is faulty. Every fault is counted, the first hundred are listed by `line` (CSV, NDJSON) or \
                    `pointer` (JSON, RFC 6901), field, code and value. Nothing was written. Codes: missing, \
                    not-a-number, negative, too-large, not-a-timestamp, ambiguous-date, ambiguous-number, no-time-zone, \
                    not-midnight, not-whole-seconds, skipped-local-time, ambiguous-local-time, in-the-future, duplicate, \
                    high-below-low, high-below-open, high-below-close, low-above-open, low-above-close, not-a-ticker, \
                    other-ticker, other-timestamp, unknown-field, not-importable, duplicate-field, not-an-object, \
                    not-one-bar, not-an-array, out-of-range, malformed-json, malformed-csv, missing-header, \
                    missing-column, duplicate-column, wrong-number-of-fields, too-long.""",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:validation-failed",
                              "title": "Validation failed",
                              "status": 422,
                              "detail": "1 fault in the body. Nothing was written. First: line 360, volume: -64874192 (expected: a number from 0, with at most 18 digits before the point)",
                              "errorCount": 1,
                              "errors": [
                                {
                                  "line": 360,
                                  "field": "volume",
                                  "code": "negative",
                                  "value": "-64874192",
                                  "message": "volume: -64874192 (expected: a number from 0, with at most 18 digits before the point)"
                                }
                              ]
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface ValidationFailed {}

    /** Request Header Fields Too Large. */
    @ApiResponse(
            responseCode = "431",
            description = "Request line and header have more than 8 KB, or more than 100 fields.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:request-header-fields-too-large",
                              "title": "Request Header Fields Too Large",
                              "status": 431,
                              "detail": "Request header is too large"
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface HeadersTooLarge {}

    /** Storage busy. */
    @ApiResponse(
            responseCode = "503",
            description = """
                    Others held the database for longer than this request waits (`storage-busy`), the database cannot be \
                    reached (`storage-unavailable`), too many requests wait, too many bring bodies or too many answers \
                    wait for slow clients (`overloaded`), or the provider of the token does not return its keys \
                    (`authorization-unavailable`). Nothing was written; only with `storage-unavailable` all of a request \
                    may have been. The same request may be sent again, to any replica.""",
            headers = @Header(name = "Retry-After", description = "Seconds.", schema = @Schema(type = "integer")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:storage-busy",
                              "title": "Storage busy",
                              "status": 503,
                              "detail": "Others were writing for longer than a request waits. Nothing was written; send the same again."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Busy {}

    /** Insufficient storage. */
    @ApiResponse(
            responseCode = "507",
            description = """
                    There is no room on the disk of the database (`storage-full`) or of the spool directory \
                    (`insufficient-storage`). Nothing was written.""",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:insufficient-storage",
                              "title": "Insufficient storage",
                              "status": 507,
                              "detail": "The disk has no room for what this request moves. Nothing was written."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface InsufficientStorage {}

    /** Unauthorized. */
    @ApiResponse(
            responseCode = "401",
            description = "A write without a token, or with an invalid one, where the service requires tokens.",
            headers =
                    @Header(
                            name = "WWW-Authenticate",
                            description = "`Bearer`, with `error=\"invalid_token\"` if there was a token (RFC 6750).",
                            schema = @Schema(type = "string")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:unauthorized",
                              "title": "Unauthorized",
                              "status": 401,
                              "detail": "A write requires a token, and the header Authorization is missing (expected: Bearer and a token)."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Unauthorized {}

    /** Insufficient scope. */
    @ApiResponse(
            responseCode = "403",
            description = """
                    `cross-site-write`: a browser sends a write for a page of another origin (`Sec-Fetch-Site` is \
                    neither `same-origin` nor `none`, or `Origin` is not this service), whatever the content type. \
                    `insufficient-scope`: the token of a write does not contain the scope that the service requires.""",
            headers =
                    @Header(
                            name = "WWW-Authenticate",
                            description = "`Bearer`, with `error=\"invalid_token\"` if there was a token (RFC 6750).",
                            schema = @Schema(type = "string")),
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:insufficient-scope",
                              "title": "Insufficient scope",
                              "status": 403,
                              "detail": "The token does not contain the scope quotes.write. Nothing was written."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Forbidden {}

    /** Misdirected request. */
    @ApiResponse(
            responseCode = "421",
            description = """
                    The host of the request is neither an IP address nor `localhost` nor a name of the service \
                    (`stock.security.allowed-hosts`).""",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:misdirected-request",
                              "title": "Misdirected request",
                              "status": 421,
                              "detail": "Host: evil.example (expected: an IP address, localhost or a name of this service). To allow the name, add it to stock.security.allowed-hosts."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Misdirected {}

    /** Internal error. */
    @ApiResponse(
            responseCode = "default",
            description = "Something went wrong in the service, not with the request.",
            content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem"), examples = @ExampleObject("""
                            {
                              "type": "urn:problem:internal-error",
                              "title": "Internal error",
                              "status": 500,
                              "detail": "Something went wrong here, not with your request. It is in the service's log."
                            }""")))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Unexpected {}
}
