package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import java.util.List;

/**
 * Turns bars into one or more series of the same length. Pure: a value depends on the bars up to its own index and on
 * nothing else.
 */
public interface Indicator {

    /** Name, definition and parameters. */
    Description description();

    /** Whether its values are prices, to be drawn over the candles rather than below them. */
    boolean overlay();

    /**
     * Makes sure that the arguments go together.
     *
     * @throws dev.tradingplatform.signal.catalogue.InvalidParameterException if they do not
     */
    default void check(Arguments arguments) {}

    /**
     * Computes every value from the first bar on.
     *
     * @param arguments values for the described parameters, checked
     */
    List<Series> compute(Bars bars, Arguments arguments);
}
