package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.importing.DatePattern;
import dev.tradingplatform.stock.importing.DecimalSign;
import dev.tradingplatform.stock.importing.DuplicatePolicy;
import dev.tradingplatform.stock.importing.ImportOptions;
import dev.tradingplatform.stock.series.ImportMode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a client wants many bars imported.
 *
 * @param options how the body is to be read
 * @param mode what to do about bars that are there already
 * @param skipsErrors whether good rows are written although others are not good
 * @param dryRun whether nothing is written at all
 */
record ImportRequest(ImportOptions options, ImportMode mode, boolean skipsErrors, boolean dryRun) {

    private enum OnError {
        REJECT,
        SKIP
    }

    static ImportRequest of(HttpServletRequest request, Function<QueryParameters, Optional<Ticker>> ticker) {
        QueryParameters parameters = new QueryParameters(request);
        Timeframe timeframe = parameters.timeframe();
        ImportOptions.Hints hints =
                new ImportOptions.Hints(zone(parameters), dateFormat(parameters), decimal(parameters));
        DuplicatePolicy onDuplicate = parameters.choice("onDuplicate", DuplicatePolicy.class);
        ImportOptions options =
                new ImportOptions(ticker.apply(parameters), Optional.empty(), timeframe, hints, onDuplicate);
        ImportMode mode = parameters.choice("mode", ImportMode.class);
        boolean skipsErrors = parameters.choice("onError", OnError.class) == OnError.SKIP;
        boolean dryRun = parameters.flag("dryRun");
        parameters.check();
        return new ImportRequest(options, mode, skipsErrors, dryRun);
    }

    private static Optional<ZoneId> zone(QueryParameters parameters) {
        Optional<String> zone = parameters.text("zone");
        try {
            return zone.map(ZoneId::of);
        } catch (DateTimeException _) {
            parameters.refuse(
                    "zone", "unknown-value", zone.orElseThrow(), "a time zone such as America/New_York or UTC");
            return Optional.empty();
        }
    }

    private static Optional<DatePattern> dateFormat(QueryParameters parameters) {
        Optional<String> format = parameters.text("dateFormat").map(text -> text.replace('+', ' '));
        try {
            return format.map(DatePattern::parse);
        } catch (IllegalArgumentException _) {
            parameters.refuse(
                    "dateFormat", "not-a-pattern", format.orElseThrow(), "a pattern such as MM/dd/yyyy HH:mm");
            return Optional.empty();
        }
    }

    private static Optional<DecimalSign> decimal(QueryParameters parameters) {
        return parameters.text("decimal").isPresent()
                ? Optional.of(parameters.choice("decimal", DecimalSign.class))
                : Optional.empty();
    }
}
