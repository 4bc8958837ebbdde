package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.importing.DatePattern;
import dev.tradingplatform.stock.importing.DecimalSign;
import dev.tradingplatform.stock.importing.DuplicatePolicy;
import dev.tradingplatform.stock.importing.ImportOptions;
import dev.tradingplatform.stock.series.ImportMode;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;

/** How a client imports many bars. */
record ImportRequest(
        @PathVariable @Nullable Ticker ticker,
        Timeframe timeframe,
        @Nullable ZoneId zone,
        @Nullable DatePattern dateFormat,
        @Nullable DecimalSign decimal,
        DuplicatePolicy onDuplicate,
        ImportMode mode,
        OnError onError,
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
