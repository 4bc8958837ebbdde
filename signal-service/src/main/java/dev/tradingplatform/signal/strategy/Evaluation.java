package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * What a strategy makes of bars. Immutable.
 *
 * @param events oldest first, BUY and SELL in turn
 * @param standing where it leaves one at the last bar
 * @param warmup how many bars it needs and has
 */
public record Evaluation(List<Event> events, Standing standing, Warmup warmup) {

    /**
     * How far the bars reach.
     *
     * @param required bars until an event is possible
     * @param bars bars there are
     * @param ready whether these are enough
     */
    public record Warmup(int required, int bars, boolean ready) {}

    /** Copies the list. */
    public Evaluation {
        events = List.copyOf(events);
    }

    /**
     * Applies a strategy to closed bars.
     *
     * @throws dev.tradingplatform.signal.catalogue.InvalidParameterException if the arguments do not go together
     */
    public static Evaluation of(Strategy strategy, Arguments arguments, Bars bars, Side side) {
        int required = strategy.requiredBars(arguments);
        Rule rule = strategy.rule(bars, arguments);
        List<Event> events = events(rule, bars);
        Warmup warmup = new Warmup(required, bars.size(), bars.size() >= required);
        return new Evaluation(events, Standing.of(rule, events, bars, warmup, side), warmup);
    }

    private static List<Event> events(Rule rule, Bars bars) {
        List<Event> events = new ArrayList<>();
        Crossings buys = new Crossings(rule.watched(), rule.buyAbove(), rule.scale());
        Crossings sells = new Crossings(rule.watched(), rule.sellBelow(), rule.scale());
        for (int i = 0; i < bars.size(); i++) {
            boolean rose = buys.at(i) > 0;
            boolean fell = sells.at(i) < 0;
            if (rose && !last(events, Action.BUY)) {
                events.add(event(bars, i, Action.BUY, crossed(rule.watched(), "above", rule.buyAbove(), i)));
            } else if (fell && !last(events, Action.SELL)) {
                events.add(event(bars, i, Action.SELL, crossed(rule.watched(), "below", rule.sellBelow(), i)));
            }
        }
        return events;
    }

    private static boolean last(List<Event> events, Action action) {
        return !events.isEmpty() && events.getLast().action() == action;
    }

    private static Event event(Bars bars, int index, Action action, String reason) {
        return new Event(bars.timestamp(index), action, bars.close()[index], reason);
    }

    private static String crossed(Line watched, String direction, Line other, int index) {
        return watched.say(index) + " crossed " + direction + " " + other.say(index);
    }
}
