package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;

/**
 * Says what to watch for in bars. Pure, and no line looks ahead: its value at a bar depends on the bars up to that one,
 * so later bars never change earlier events.
 */
public interface Strategy {

    /** Name, definition and parameters. */
    Description description();

    /** How its strength is computed, exactly enough to do it again: -1 to 1, above 0 where it leans to long. */
    String strength();

    /**
     * How many bars it takes until an event is possible.
     *
     * @throws dev.tradingplatform.signal.catalogue.InvalidParameterException if the arguments do not go together
     */
    int requiredBars(Arguments arguments);

    /** The lines to watch, each as long as the bars. */
    Rule rule(Bars bars, Arguments arguments);
}
