package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a strategy leaves one at the last bar. Immutable.
 *
 * @param asOf start of the last bar; null when there is none
 * @param signal what the last bar says
 * @param position what one holds who followed every event
 * @param since start of the bar of the latest event; null when there was none
 * @param price close of the last bar; null when there is none
 * @param strength how far the lines are on one side at the last bar: -1 to 1, above 0 for long; 0 during warm-up
 * @param reason why, in plain words
 * @param values what the strategy's lines are at the last bar, by name; empty during warm-up
 */
public record Standing(
        @Nullable Instant asOf,
        Signal signal,
        Position position,
        @Nullable Instant since,
        @Nullable Double price,
        double strength,
        String reason,
        Map<String, Double> values) {

    /** What the last bar says. */
    public enum Signal {
        /** It brought a BUY. */
        BUY,
        /** It brought a SELL. */
        SELL,
        /** It changed nothing. */
        HOLD
    }

    static Standing of(Rule rule, List<Event> events, Bars bars, Evaluation.Warmup warmup, Side side) {
        int last = bars.size() - 1;
        if (last < 0) {
            return new Standing(null, Signal.HOLD, Position.FLAT, null, null, 0, waiting(warmup), Map.of());
        }
        Instant asOf = bars.timestamp(last);
        double price = bars.close()[last];
        double strength = rule.strengthAt(last);
        Map<String, Double> values = Collections.unmodifiableMap(rule.valuesAt(last));
        if (events.isEmpty()) {
            String reason =
                    warmup.ready() && rule.readyAt(last) ? rule.sayAt(last) + "; never crossed" : waiting(warmup);
            return new Standing(asOf, Signal.HOLD, Position.FLAT, null, price, strength, reason, values);
        }
        Event latest = events.getLast();
        Position position = Position.after(latest.action(), side);
        boolean now = latest.timestamp().equals(asOf);
        Signal signal = now ? Signal.valueOf(latest.action().name()) : Signal.HOLD;
        String reason = now ? latest.reason() : quiet(rule, last, latest);
        return new Standing(asOf, signal, position, latest.timestamp(), price, strength, reason, values);
    }

    private static String waiting(Evaluation.Warmup warmup) {
        return warmup.ready()
                ? "no value at the last bar"
                : "needs %d bars, there are %d".formatted(warmup.required(), warmup.bars());
    }

    private static String quiet(Rule rule, int last, Event latest) {
        String before = latest.action() + " on "
                + latest.timestamp().atOffset(ZoneOffset.UTC).toLocalDate();
        return rule.readyAt(last) ? rule.sayAt(last) + " since " + before : "no value at the last bar; " + before;
    }
}
