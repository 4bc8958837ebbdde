package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Violation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that {@link BarsJson} writes by hand, and Spring's problem document, as the OpenAPI document describes them:
 * springdoc reads these records, and the service creates none. OpenApiAnswersTest compares them with real responses.
 */
final class Shapes {

    private static final String DIGITS =
            "At most 18 significant digits, of which at most 9 decimals; more are rounded, half to even.";
    private static final String PRICE = DIGITS + " Rarely 0 or negative.";

    private Shapes() {}

    record Bar(
            @Schema(description = "Start of the bar, UTC, whole seconds; midnight for 1d and longer.")
            Instant timestamp,

            @Schema(description = PRICE) Decimal open,

            @Schema(description = "At least every other price. " + PRICE)
            Decimal high,

            @Schema(description = "At most every other price. " + PRICE)
            Decimal low,

            @Schema(description = PRICE) Decimal close,
            @Schema(description = "0 or more. " + DIGITS) Decimal volume,

            @Schema(description = "Revision of the series that last changed the bar; never given twice.")
            long version) {}

    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE, description = """
                    ticker and timestamp may be left out where the path names them. Numbers may be strings; no price \
                    ever passes through a floating-point number.""")
    record NewBar(
            @Nullable Ticker ticker,
            @Nullable String timestamp,
            @Schema(description = PRICE) Decimal open,

            @Schema(description = "At least every other price. " + PRICE)
            Decimal high,

            @Schema(description = "At most every other price. " + PRICE)
            Decimal low,

            @Schema(description = PRICE) Decimal close,
            @Schema(description = "0 or more. " + DIGITS) Decimal volume,

            @Schema(description = "Accepted, so that what was read can be sent back, and not looked at.") @Nullable
            Long version) {}

    record Bars(
            String ticker,
            String timeframe,

            @Schema(allowableValues = {"raw", "split", "all"})
            String adjustment,

            @Schema(description = "Counts the changes of the series; the same on every replica.")
            long revision,

            int count,
            List<Bar> data,
            @Schema(types = {"string", "null"}) String next) {}

    record ManyTickers(String timeframe, String adjustment, Map<String, List<Bar>> data, List<String> missing) {}

    record Tickers(
            int count,
            List<Listing> data,
            @Schema(types = {"string", "null"}) String next) {}

    record Listing(
            String ticker,
            String timeframe,
            long count,
            Instant first,
            Instant last,
            Decimal lastClose,
            long revision) {}

    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
    record Split(
            @Schema(description = "Start of the first bar on the new basis.")
            Instant timestamp,

            @Schema(minimum = "1", maximum = "1000000", description = "How many new shares replace the old ones.")
            int numerator,

            @Schema(minimum = "1", maximum = "1000000", description = "How many old shares they replace.")
            int denominator) {}

    record Splits(String ticker, int count, List<Split> data) {}

    @Schema(additionalProperties = Schema.AdditionalPropertiesValue.FALSE)
    record Dividend(
            @Schema(description = "The ex-date: start of the first bar without the dividend.")
            Instant timestamp,

            @Schema(
                    minimum = "0",
                    description =
                            "For one share of that date, in the currency of the prices; exact, with at most 9 decimals.")
            Decimal amount) {}

    record Dividends(String ticker, int count, List<Dividend> data) {}

    @Schema(description = "RFC 9457.")
    record Problem(
            @Schema(description = "urn:problem: and the kind.")
            URI type,

            String title,
            int status,
            String detail,
            @Nullable String instance,
            @Nullable Long errorCount,
            @ArraySchema(maxItems = 100) @Nullable List<Violation> errors) {}

    record Form(
            @Schema(types = "string", contentMediaType = "application/octet-stream")
            String file) {}

    /** Examples. */
    static final class Examples {

        private Examples() {}

        static final String CSV =
                "timestamp,open,high,low,close,volume\n2024-01-02T00:00:00Z,187.15,188.44,183.89,185.64,82488700\n";
        static final String BAR_LINE =
                "{\"timestamp\":\"2024-01-02T00:00:00Z\",\"open\":187.15,\"high\":188.44,\"low\":183.89,\"close\":185.64,\"volume\":82488700,\"version\":1}"
                        + "\n";
        static final String NEW_BAR_LINE =
                "{\"ticker\":\"TICKER_1\",\"timestamp\":\"2024-01-02T00:00:00Z\",\"open\":187.15,\"high\":188.44,\"low\":183.89,\"close\":185.64,\"volume\":82488700}"
                        + "\n";
        static final String TSV =
                "ticker\ttimestamp\topen\thigh\tlow\tclose\tvolume\nTICKER_1\t2024-01-02T00:00:00Z\t187.15\t188.44\t183.89\t185.64\t82488700\n";
        static final String CSV_MANY =
                "ticker,timestamp,open,high,low,close,volume\nTICKER_1,2024-01-02T00:00:00Z,187.15,188.44,183.89,185.64,82488700\n";

        static final String BARS = """
                {
                  "ticker": "TICKER_1",
                  "timeframe": "1d",
                  "adjustment": "raw",
                  "revision": 17,
                  "count": 1,
                  "data": [
                    {
                      "timestamp": "2024-01-02T00:00:00Z",
                      "open": 187.15,
                      "high": 188.44,
                      "low": 183.89,
                      "close": 185.64,
                      "volume": 82488700,
                      "version": 1
                    }
                  ],
                  "next": null
                }""";

        static final String BAR = """
                {
                  "timestamp": "2024-01-02T00:00:00Z",
                  "open": 187.15,
                  "high": 188.44,
                  "low": 183.89,
                  "close": 185.64,
                  "volume": 82488700,
                  "version": 1
                }""";

        static final String NEW_BAR = """
                {
                  "open": 187.15,
                  "high": 188.44,
                  "low": 183.89,
                  "close": 185.64,
                  "volume": 82488700
                }""";

        static final String NEW_BARS = """
                [
                  {
                    "ticker": "TICKER_1",
                    "timestamp": "2024-01-02T00:00:00Z",
                    "open": 187.15,
                    "high": 188.44,
                    "low": 183.89,
                    "close": 185.64,
                    "volume": 82488700
                  }
                ]""";

        static final String MANY_TICKERS = """
                {
                  "timeframe": "1d",
                  "adjustment": "raw",
                  "data": {
                    "TICKER_1": [
                      {
                        "timestamp": "2024-01-02T00:00:00Z",
                        "open": 187.15,
                        "high": 188.44,
                        "low": 183.89,
                        "close": 185.64,
                        "volume": 82488700,
                        "version": 1
                      }
                    ]
                  },
                  "missing": [
                    "TICKER_2"
                  ]
                }""";

        static final String TICKERS = """
                {
                  "count": 1,
                  "data": [
                    {
                      "ticker": "TICKER_1",
                      "timeframe": "1d",
                      "count": 502,
                      "first": "2022-01-03T00:00:00Z",
                      "last": "2024-01-02T00:00:00Z",
                      "lastClose": 185.64,
                      "revision": 17
                    }
                  ],
                  "next": null
                }""";

        static final String SPLITS = """
                {
                  "ticker": "TICKER_1",
                  "count": 1,
                  "data": [
                    {
                      "timestamp": "2024-06-10T00:00:00Z",
                      "numerator": 10,
                      "denominator": 1
                    }
                  ]
                }""";

        static final String NEW_SPLITS = """
                [
                  {
                    "timestamp": "2024-06-10T00:00:00Z",
                    "numerator": 10,
                    "denominator": 1
                  }
                ]""";

        static final String IMPORT = """
                {
                  "received": 502,
                  "inserted": 480,
                  "updated": 5,
                  "unchanged": 16,
                  "rejected": 1,
                  "dropped": 0,
                  "duplicates": 0,
                  "rounded": 0,
                  "dryRun": false,
                  "revision": 18,
                  "detected": {
                    "format": "csv",
                    "separator": ",",
                    "decimal": ".",
                    "columns": {
                      "timestamp": "Date",
                      "open": "Open",
                      "high": "High",
                      "low": "Low",
                      "close": "Close",
                      "volume": "Volume"
                    },
                    "ignoredColumns": [
                      "Adj Close"
                    ],
                    "dateFormat": "yyyy-MM-dd"
                  },
                  "first": {
                    "ticker": "TICKER_1",
                    "timestamp": "2022-01-03T00:00:00Z",
                    "open": 177.83,
                    "high": 182.88,
                    "low": 177.71,
                    "close": 182.01,
                    "volume": 104487900
                  },
                  "last": {
                    "ticker": "TICKER_1",
                    "timestamp": "2024-01-02T00:00:00Z",
                    "open": 187.15,
                    "high": 188.44,
                    "low": 183.89,
                    "close": 185.64,
                    "volume": 82488700
                  },
                  "droppedRows": [],
                  "warnings": [],
                  "errors": [
                    {
                      "line": 360,
                      "field": "volume",
                      "code": "negative",
                      "value": "-64874192",
                      "message": "volume: -64874192 (expected: a number from 0, with at most 18 digits before the point)"
                    }
                  ],
                  "seconds": 0.02,
                  "rowsPerSecond": 25100
                }""";

        static final String IMPORT_MANY = """
                {
                  "received": 502,
                  "inserted": 480,
                  "updated": 5,
                  "unchanged": 16,
                  "rejected": 1,
                  "dropped": 0,
                  "duplicates": 0,
                  "rounded": 0,
                  "dryRun": false,
                  "detected": {
                    "format": "csv",
                    "separator": ",",
                    "decimal": ".",
                    "columns": {
                      "timestamp": "Date",
                      "open": "Open",
                      "high": "High",
                      "low": "Low",
                      "close": "Close",
                      "volume": "Volume"
                    },
                    "ignoredColumns": [
                      "Adj Close"
                    ],
                    "dateFormat": "yyyy-MM-dd"
                  },
                  "first": {
                    "ticker": "TICKER_1",
                    "timestamp": "2022-01-03T00:00:00Z",
                    "open": 177.83,
                    "high": 182.88,
                    "low": 177.71,
                    "close": 182.01,
                    "volume": 104487900
                  },
                  "last": {
                    "ticker": "TICKER_1",
                    "timestamp": "2024-01-02T00:00:00Z",
                    "open": 187.15,
                    "high": 188.44,
                    "low": 183.89,
                    "close": 185.64,
                    "volume": 82488700
                  },
                  "droppedRows": [],
                  "warnings": [],
                  "errors": [
                    {
                      "line": 360,
                      "field": "volume",
                      "code": "negative",
                      "value": "-64874192",
                      "message": "volume: -64874192 (expected: a number from 0, with at most 18 digits before the point)"
                    }
                  ],
                  "seconds": 0.02,
                  "rowsPerSecond": 25100,
                  "revisions": {
                    "TICKER_1": 18
                  }
                }""";

        static final String NEW_DIVIDENDS = """
                [
                  {
                    "timestamp": "2024-02-09",
                    "amount": 0.24
                  }
                ]""";
        static final String DIVIDENDS = """
                {
                  "ticker": "TICKER_1",
                  "count": 1,
                  "data": [
                    {
                      "timestamp": "2024-02-09T00:00:00Z",
                      "amount": 0.24
                    }
                  ]
                }""";
        static final String ARCHIVE_TOTALS = """
                {
                  "series": 1,
                  "bars": 1,
                  "splits": 0,
                  "dividends": 0,
                  "sha256": "f336dda65b86d495519befa12bd4f0e26c320ce4f20482e8b13ea962c5bee0d5"
                }""";
        static final String ARCHIVE =
                "{\"ticker\":\"TICKER_1\",\"timeframe\":\"1d\",\"timestamp\":\"2024-01-02T00:00:00Z\",\"open\":\"187.15\",\"high\":\"188.44\",\"low\":\"183.89\",\"close\":\"185.64\",\"volume\":\"82488700\"}"
                        + "\n"
                        + "{\"series\":1,\"bars\":1,\"splits\":0,\"dividends\":0,\"sha256\":\"f336dda65b86d495519befa12bd4f0e26c320ce4f20482e8b13ea962c5bee0d5\"}"
                        + "\n";
        static final String CHANGES = """
                {
                  "data": [
                    {
                      "number": 43,
                      "ticker": "TICKER_1",
                      "timeframe": "1d",
                      "revision": 18,
                      "count": 503,
                      "firstChanged": "2024-01-03T00:00:00Z"
                    }
                  ],
                  "next": 43,
                  "last": 43
                }""";
        static final String REMOVED = """
                {
                  "series": 2,
                  "bars": 502,
                  "splits": 1,
                  "dividends": 0
                }""";
        static final String DELETION = """
                {
                  "deleted": 2,
                  "revision": 18
                }""";
    }
}
