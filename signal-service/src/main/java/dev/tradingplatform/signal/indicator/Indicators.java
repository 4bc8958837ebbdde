package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.List;
import java.util.stream.Collectors;

/** Every indicator there is. */
public final class Indicators {

    private static final List<Indicator> ALL = List.of(
            new Sma(),
            new Ema(),
            new BollingerBands(),
            new Rsi(),
            new Macd(),
            new Stochastic(),
            new DirectionalMovement(),
            new AverageTrueRange(),
            new OnBalanceVolume());

    private Indicators() {}

    /** All of them, in the order they are listed to people. */
    public static List<Indicator> all() {
        return ALL;
    }

    static Indicator named(String name) {
        return ALL.stream()
                .filter(indicator -> indicator.description().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException("i", name, "an indicator: " + names()));
    }

    private static String names() {
        return ALL.stream().map(indicator -> indicator.description().name()).collect(Collectors.joining(", "));
    }
}
