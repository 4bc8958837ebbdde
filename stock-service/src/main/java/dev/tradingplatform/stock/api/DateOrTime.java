package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import org.jspecify.annotations.Nullable;

/**
 * A date or an instant as one end of a range.
 *
 * @param text as the client wrote it
 * @param first epoch second at which the date begins, or the instant
 * @param last epoch second with which the date ends, or the instant
 */
record DateOrTime(String text, long first, long last) {

    private static final int DATE_LENGTH = 10;
    private static final long LAST_SECOND_OF_DAY = 86_399;

    /** Throws {@link RefusedValueException} if the text is neither. */
    static DateOrTime parse(String text) {
        return switch (TimestampFormat.parse(text, Timeframe.MINUTE)) {
            case Parsed.Good<Long>(Long start, boolean _) ->
                new DateOrTime(text, start, text.length() <= DATE_LENGTH ? start + LAST_SECOND_OF_DAY : start);
            case Parsed.Bad<Long>(String code, String expected) ->
                throw new RefusedValueException(code, text, expected);
        };
    }

    /** Returns the range between two ends, both included; an absent end is no bound. */
    static TimeRange range(@Nullable DateOrTime from, @Nullable DateOrTime to) {
        return new TimeRange(
                from == null ? TimeRange.ALL.from() : from.first, to == null ? TimeRange.ALL.to() : to.last);
    }

    static void checkRange(@Nullable DateOrTime from, @Nullable DateOrTime to, ParameterFaults faults) {
        if (from != null && to != null && from.first > to.last) {
            faults.refuse("from", "contradiction", from.text, "not after to");
        }
    }
}
