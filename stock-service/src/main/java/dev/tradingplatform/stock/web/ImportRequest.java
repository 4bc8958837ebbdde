package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.intake.IntakeOptions;
import dev.tradingplatform.stock.quote.ImportMode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a client wants many bars imported.
 *
 * @param intake how the body is to be read
 * @param mode what to do about bars that are there already
 * @param skipsErrors whether good rows are written although others are not good
 * @param dryRun whether nothing is written at all
 */
record ImportRequest(IntakeOptions intake, ImportMode mode, boolean skipsErrors, boolean dryRun) {

    private enum OnError {
        ABORT,
        SKIP
    }

    static ImportRequest of(HttpServletRequest request, Function<QueryParameters, Optional<Ticker>> ticker) {
        QueryParameters parameters = new QueryParameters(request);
        Timeframe timeframe = parameters.timeframe();
        IntakeOptions intake = IntakeOptions.bulk(ticker.apply(parameters), timeframe, format(parameters));
        ImportMode mode = parameters.choice("mode", ImportMode.class);
        boolean skipsErrors = parameters.choice("onError", OnError.class) == OnError.SKIP;
        boolean dryRun = parameters.flag("dryRun");
        parameters.check();
        return new ImportRequest(intake, mode, skipsErrors, dryRun);
    }

    private static TimestampFormat format(QueryParameters parameters) {
        TimestampFormat format = TimestampFormat.ISO;
        Optional<String> zone = parameters.text("zone");
        try {
            format = zone.isPresent() ? format.in(ZoneId.of(zone.get())) : format;
        } catch (DateTimeException _) {
            parameters.refuse("zone", "unknown-value", zone.get(), "a time zone such as America/New_York or UTC");
        }
        Optional<String> shape = parameters.text("dateFormat").map(text -> text.replace('+', ' '));
        try {
            return shape.isPresent() ? format.shapedAs(shape.get()) : format;
        } catch (IllegalArgumentException _) {
            parameters.refuse("dateFormat", "not-a-pattern", shape.get(), "a pattern such as MM/dd/yyyy HH:mm");
            return format;
        }
    }
}
