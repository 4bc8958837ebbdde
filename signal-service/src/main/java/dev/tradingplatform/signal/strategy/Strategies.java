package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.List;
import java.util.stream.Collectors;

/** Every strategy there is. */
public final class Strategies {

    private static final List<Strategy> ALL =
            List.of(new SmaCross(), new EmaCross(), new MacdCross(), new RsiReversion(), new BollingerReversion());

    private Strategies() {}

    /** All of them, in the order they are listed to people. */
    public static List<Strategy> all() {
        return ALL;
    }

    /**
     * Finds one.
     *
     * @throws InvalidParameterException if there is none of that name
     */
    public static Strategy named(String name) {
        return ALL.stream()
                .filter(strategy -> strategy.description().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException("strategy", name, "one of " + names()));
    }

    private static String names() {
        return ALL.stream().map(strategy -> strategy.description().name()).collect(Collectors.joining(", "));
    }
}
