package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.catalogue.Parameter;
import dev.tradingplatform.signal.catalogue.Violations;
import dev.tradingplatform.signal.strategy.Strategies;
import dev.tradingplatform.signal.strategy.Strategy;
import dev.tradingplatform.signal.strategy.StrategyRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * One strategy with one or two of its numbers varied: each combination is backtested on its own. Immutable.
 *
 * @param strategy which one
 * @param fixed numbers that are the same in all combinations, by name; the others are preset
 * @param axes the varied numbers, one or two
 */
public record Sweep(Strategy strategy, Map<String, String> fixed, List<Axis> axes) {

    /** A picture of 50 by 50 fields. */
    public static final int MAX_COMBINATIONS = 2_500;

    /** Some seconds of computing. */
    public static final long MAX_BARS = 100_000_000;

    private static final int MAX_AXES = 2;
    private static final String EXPECTED = "from:to:step, such as 5:50:5, with at most 2500 combinations in all";

    /**
     * A varied number.
     *
     * @param name of the number
     * @param values ascending, at least one
     */
    public record Axis(String name, List<BigDecimal> values) {

        /** Copies the list. */
        public Axis {
            values = List.copyOf(values);
        }
    }

    /**
     * What one combination brings.
     *
     * @param values of the axes, in their order
     * @param summary of its backtest
     */
    public record Cell(List<BigDecimal> values, Summary summary) {

        /** Copies the list. */
        public Cell {
            values = List.copyOf(values);
        }
    }

    /** Copies both. */
    public Sweep {
        fixed = Map.copyOf(fixed);
        axes = List.copyOf(axes);
    }

    /**
     * Reads the numbers of a strategy, of which one or two are ranges.
     *
     * @param given by name: a number, or {@code from:to:step}
     * @throws InvalidParameterException if there is no such strategy, if it refuses a number, if not one or two of them
     *     are ranges, or if there are too many combinations
     */
    public static Sweep of(String name, Map<String, String> given) {
        Strategy strategy = Strategies.named(name);
        List<Parameter> parameters = strategy.description().parameters();
        Violations violations = new Violations();
        Map<String, String> fixed = new LinkedHashMap<>();
        List<Axis> axes = new ArrayList<>();
        given.forEach((number, text) -> {
            if (text.contains(":")) {
                violations.read(() -> axis(number, text)).ifPresent(axes::add);
            } else {
                fixed.put(number, text);
            }
        });
        violations.read(() -> Arguments.named(parameters, fixed));
        axes.forEach(axis -> {
            List<BigDecimal> ends =
                    List.of(axis.values().getFirst(), axis.values().getLast());
            ends.forEach(end ->
                    violations.read(() -> Arguments.named(parameters, Map.of(axis.name(), end.toPlainString()))));
        });
        violations.check();
        Sweep sweep = new Sweep(strategy, fixed, axes);
        if (axes.isEmpty() || axes.size() > MAX_AXES || sweep.combinations() > MAX_COMBINATIONS) {
            String ranges = axes.isEmpty()
                    ? "no range"
                    : "%d ranges with %d combinations".formatted(axes.size(), sweep.combinations());
            throw new InvalidParameterException(
                    "strategy", name + " with " + ranges, "one or two numbers as " + EXPECTED);
        }
        return sweep;
    }

    private static Axis axis(String name, String text) {
        List<String> parts = List.of(text.split(":", -1));
        try {
            BigDecimal from = new BigDecimal(parts.get(0));
            BigDecimal to = new BigDecimal(parts.get(1));
            BigDecimal step = new BigDecimal(parts.get(2));
            if (parts.size() == 3
                    && step.signum() > 0
                    && to.compareTo(from) >= 0
                    && to.subtract(from).compareTo(step.multiply(BigDecimal.valueOf(MAX_COMBINATIONS))) < 0) {
                List<BigDecimal> values = new ArrayList<>();
                for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.add(step)) {
                    values.add(plain(value));
                }
                return new Axis(name, values);
            }
        } catch (NumberFormatException | ArithmeticException | IndexOutOfBoundsException _) {
            // Refused below, like all that is no range.
        }
        throw new InvalidParameterException(name, text, EXPECTED);
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Returns how many combinations there are, those included that do not go together. */
    public int combinations() {
        return (int) Math.min(
                Integer.MAX_VALUE,
                axes.stream().mapToLong(axis -> axis.values().size()).reduce(1, (one, other) -> one * other));
    }

    /**
     * Backtests all combinations.
     *
     * @param done receives how many combinations are done, after each; an exception that it throws ends the sweep
     * @return those whose numbers go together (a fast mean is shorter than a slow one), the last axis varying fastest
     * @throws PriceNotAboveZeroException as {@link Backtest#of}
     */
    public List<Cell> run(Period period, Rules rules, IntConsumer done) {
        List<Cell> cells = new ArrayList<>();
        int combinations = combinations();
        for (int i = 0; i < combinations; i++) {
            List<BigDecimal> values = values(i);
            request(values)
                    .ifPresent(request -> cells.add(new Cell(
                            values,
                            Backtest.of(
                                            period,
                                            request.evaluate(period.bars(), rules.side())
                                                    .events(),
                                            rules)
                                    .summary())));
            done.accept(i + 1);
        }
        return cells;
    }

    private List<BigDecimal> values(int combination) {
        int last = axes.getLast().values().size();
        return axes.size() == 1
                ? List.of(axes.getFirst().values().get(combination))
                : List.of(
                        axes.getFirst().values().get(combination / last),
                        axes.getLast().values().get(combination % last));
    }

    /** Returns nothing if the numbers do not go together. */
    private Optional<StrategyRequest> request(List<BigDecimal> values) {
        Map<String, String> numbers = new LinkedHashMap<>(fixed);
        for (int i = 0; i < axes.size(); i++) {
            numbers.put(axes.get(i).name(), values.get(i).toPlainString());
        }
        return new Violations()
                .read(() -> StrategyRequest.of(strategy.description().name(), numbers));
    }
}
