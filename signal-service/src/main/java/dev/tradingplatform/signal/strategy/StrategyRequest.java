package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.Map;

/**
 * A strategy with its numbers, which go together. Immutable.
 *
 * @param strategy which one
 * @param arguments its numbers
 */
public record StrategyRequest(Strategy strategy, Arguments arguments) {

    /**
     * Makes sure that the arguments go together.
     *
     * @throws InvalidParameterException if they do not
     */
    public StrategyRequest {
        strategy.requiredBars(arguments);
    }

    /**
     * Finds a strategy and reads its numbers; those left out are preset.
     *
     * @throws InvalidParameterException if there is no such strategy, or it refuses a number
     */
    public static StrategyRequest of(String name, Map<String, String> given) {
        Strategy strategy = Strategies.named(name);
        return new StrategyRequest(
                strategy, Arguments.named(strategy.description().parameters(), given));
    }

    /** Which strategy, as it is written in a URL. */
    public String name() {
        return strategy.description().name();
    }

    /** The name with every number, presets included: {@code sma-cross:10:30}. */
    public String key() {
        StringBuilder key = new StringBuilder(name());
        arguments.values().values().forEach(value -> key.append(':').append(value.toPlainString()));
        return key.toString();
    }

    /** Applies the strategy to closed bars. */
    public Evaluation evaluate(Bars bars, Side side) {
        return Evaluation.of(strategy, arguments, bars, side);
    }
}
