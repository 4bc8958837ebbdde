package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.importing.DatePattern;
import dev.tradingplatform.stock.importing.DecimalSign;
import dev.tradingplatform.stock.importing.DuplicatePolicy;
import dev.tradingplatform.stock.importing.ImportOptions;
import dev.tradingplatform.stock.series.ImportMode;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;

/** How a client imports many bars. */
record ImportRequest(
        @DescribedParameters.InPath @PathVariable @Nullable Ticker ticker,
        @DescribedParameters.OfTimeframe Timeframe timeframe,

        @Parameter(description = """
                    Time zone of timestamps without offset. For daily bars that are stamped with an instant other than \
                    midnight, the zone of the exchange: the bar is of the day that the instant has there. Without it \
                    both are refused.""", example = "America/New_York") @Nullable
        ZoneId zone,

        @Parameter(description = """
                    Format of the timestamps, in letters of `java.time.format.DateTimeFormatter`; month names are \
                    English, in any case. Needed only if every date of the body can be read in two ways, such as \
                    03/04/2024.""", example = "MM/dd/yyyy") @Nullable
        DatePattern dateFormat,

        @Parameter(description = """
                    Decimal sign of the numbers of CSV. Needed only if every number of the body can be read in two ways, \
                    such as 140.859 beside semicolons. Without it such a body is refused.""") @Nullable DecimalSign decimal,

        @Parameter(description = """
                    Which of several rows with different values at one time is written. Rows with the same values are no \
                    fault and count once.""", schema = @Schema(defaultValue = "reject"))
        DuplicatePolicy onDuplicate,

        @Parameter(description = """
                    What to do about bars that are there: replace those that differ, take them for errors, or leave \
                    them.""", schema = @Schema(defaultValue = "upsert"))
        ImportMode mode,

        @Parameter(description = """
                    `reject`: if one row has a fault, nothing is written. `skip`: the rows without faults are written, \
                    the others are listed.""", schema = @Schema(defaultValue = "reject"))
        OnError onError,

        @Parameter(
                description = "Answers how the body was read and what would be done, and writes nothing.",
                schema = @Schema(defaultValue = "false"))
        Boolean dryRun)
        implements RequestParameters {

    /** What to do about rows with faults. */
    enum OnError {
        /** Nothing is written. */
        REJECT,
        /** The rows without faults are written. */
        SKIP
    }

    ImportRequest {
        timeframe = requireNonNullElse(timeframe, Timeframe.DAY);
        onDuplicate = requireNonNullElse(onDuplicate, DuplicatePolicy.REJECT);
        mode = requireNonNullElse(mode, ImportMode.UPSERT);
        onError = requireNonNullElse(onError, OnError.REJECT);
        dryRun = requireNonNullElse(dryRun, false);
    }

    /** Returns how the body is read. */
    ImportOptions options() {
        ImportOptions.Hints hints = new ImportOptions.Hints(
                Optional.ofNullable(zone), Optional.ofNullable(dateFormat), Optional.ofNullable(decimal));
        return new ImportOptions(Optional.ofNullable(ticker), Optional.empty(), timeframe, hints, onDuplicate);
    }

    boolean skipsErrors() {
        return onError == OnError.SKIP;
    }
}
