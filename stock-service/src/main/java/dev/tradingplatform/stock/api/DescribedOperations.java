package dev.tradingplatform.stock.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the OpenAPI document says of all operations of a kind. */
final class DescribedOperations {

    private DescribedOperations() {}

    /** Can happen to every request. */
    @DescribedProblems.InvalidParameter
    @DescribedProblems.RequestTimeout
    @DescribedProblems.Misdirected
    @DescribedProblems.HeadersTooLarge
    @DescribedProblems.Busy
    @DescribedProblems.Unexpected
    @Parameter(
            name = "Discovery-Timeout-Ms",
            in = ParameterIn.HEADER,
            description = """
                    Milliseconds the caller still waits. The service waits no longer for a lock (and never longer than \
                    stock.database.busy-timeout, 5 s).""",
            schema = @Schema(type = "integer", minimum = "0", maximum = "999999999"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Any {}

    /** A request with preconditions. */
    @DescribedProblems.PreconditionFailed
    @Parameter(name = "If-Match", in = ParameterIn.HEADER, description = """
                    Tags of which the current one must be one, or `*` for any: otherwise the answer is 412, and nothing \
                    is written.""", schema = @Schema(type = "string"))
    @Parameter(name = "If-None-Match", in = ParameterIn.HEADER, description = """
                    On reads: tags that the client has; if the current one is one of them, the answer is 304. On writes: \
                    tags of which the current one must be none, or `*` if there must be nothing yet; otherwise 412.""", schema = @Schema(type = "string"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.ANNOTATION_TYPE)
    @interface Conditional {}

    /** A GET whose response has an ETag. */
    @Any
    @ApiResponse(responseCode = "304", description = "The client has it already.")
    @Conditional
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Read {}

    /** A request that changes something, without preconditions. */
    @Any
    @DescribedProblems.Unauthorized
    @DescribedProblems.Forbidden
    @DescribedProblems.InsufficientStorage
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Unconditional {}

    /** A request that changes something. */
    @Unconditional
    @Conditional
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Write {}

    /** A request with a body. */
    @DescribedProblems.PayloadTooLarge
    @DescribedProblems.UnsupportedMediaType
    @DescribedProblems.ValidationFailed
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface WithBody {}

    /** A request whose body may be compressed. */
    @Parameter(
            name = "Content-Encoding",
            in = ParameterIn.HEADER,
            description = """
                    `gzip` if the body is compressed: the limits hold after decompression, and it has at most 200 times the size \
                    of what is sent. Others are refused with 415.""",
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"gzip", "identity"}))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Compressed {}

    /** A request that imports bars. */
    @Write
    @WithBody
    @DescribedProblems.AlreadyExists
    @Compressed
    @RequestBody(
            required = true,
            description = """
                    All rows are one transaction: all of them are written or none. At most 1,000,000 rows of 10,000 \
                    tickers and 256 MB; read as a stream and checked to its end before anything is locked. CSV as tools \
                    and spreadsheets export it: separator (comma, semicolon, tab, `|`), decimal comma, thousands \
                    separators, currency signs, `82.49M`, column names, date format, byte order mark and UTF-16 are \
                    recognised. Rows without any price, titles and footers are dropped and listed. Answers of this \
                    service in JSON, CSV and NDJSON are accepted as they are.""",
            content = {
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject(Shapes.Examples.CSV_MANY)),
                @Content(
                        mediaType = "text/tab-separated-values",
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject(Shapes.Examples.TSV)),
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(oneOf = {Shapes.NewBar.class, Shapes.NewBar[].class}),
                        examples = @ExampleObject(Shapes.Examples.NEW_BARS)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = "string", description = "One bar a line, at most 10,000 characters."),
                        examples = @ExampleObject(Shapes.Examples.NEW_BAR_LINE)),
                @Content(
                        mediaType = "application/x-www-form-urlencoded",
                        schema = @Schema(type = "string", description = """
                    What `curl --data-binary` sends: the file as it is, or the first field of a form. The format is \
                    recognised."""),
                        examples = @ExampleObject(Shapes.Examples.CSV_MANY)),
                @Content(
                        mediaType = "multipart/form-data",
                        schema = @Schema(implementation = Shapes.Form.class, description = """
                    One file, as forms and `curl -F file=@quotes.csv` send it. The format is recognised from the \
                    content."""))
            })
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Import {}
}
