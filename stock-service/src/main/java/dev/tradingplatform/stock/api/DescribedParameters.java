package dev.tradingplatform.stock.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Parameters that several requests have, as the OpenAPI document describes them. */
final class DescribedParameters {

    private DescribedParameters() {}

    /** The parameter ticker. */
    @Parameter(
            in = ParameterIn.PATH,
            description =
                    "In upper or lower case; stored in upper case. In a path, encode `/` as `%2F` and `^` as `%5E`.",
            example = "TICKER_1")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface InPath {}

    /** The parameter timestamp. */
    @Parameter(
            in = ParameterIn.PATH,
            description = "Start of the bar: a date, or date and time with offset.",
            example = "2024-01-02")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface TimestampInPath {}

    /** The parameter timeframe. */
    @Parameter(description = """
                    How much time one bar covers. Each timeframe is a series of its own; none is derived from another.""", schema = @Schema(defaultValue = "1d"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface OfTimeframe {}

    /** The parameter from. */
    @Parameter(
            description = "First start, included: a date, or date and time with offset (RFC 3339).",
            example = "2024-01-01")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface From {}

    /** The parameter to. */
    @Parameter(description = "Last start, included. A date means the whole day.", example = "2024-12-31")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface To {}

    /** The parameter adjustment. */
    @Parameter(description = """
                    `raw`: as traded. `split`: on the basis of the newest bar, by the splits that have taken effect by \
                    then. `all`: the same, and prices before an ex-date reduced by the dividend. Prices and volumes rounded to 18 digits, of which at most 9 decimals, half to even. `version` \
                    stays that of the stored bar.""", schema = @Schema(defaultValue = "raw"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface OfAdjustment {}

    /** The parameter format. */
    @Parameter(description = "Wins over the header Accept.", schema = @Schema(defaultValue = "json"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface Format {}

    /** The parameter numbers. */
    @Parameter(description = """
                    Prices and volumes in JSON and NDJSON. `number`: with all digits, of which a client that reads IEEE \
                    doubles, as JavaScript does, keeps 15. `string`: the same as strings, so that every client keeps all \
                    digits.""", schema = @Schema(defaultValue = "number"))
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface Numbers {}

    /** The parameter cursor. */
    @Parameter(description = """
                    From `next` of the page before, with the same other parameters. Good for ever and on every replica.""")
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface PageCursor {}
}
