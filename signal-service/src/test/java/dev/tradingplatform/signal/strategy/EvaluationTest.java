package dev.tradingplatform.signal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationTest {

    private static final Map<String, String> ONE_AND_TWO = Map.of("fast", "1", "slow", "2");

    static Stream<String> everyStrategy() {
        return Strategies.all().stream().map(strategy -> strategy.description().name());
    }

    @Test
    void smaCrossBuysWhenTheFastMeanGetsAboveAndSellsWhenItGetsBelow() {
        Evaluation evaluation = evaluate("sma-cross", ONE_AND_TWO, SampleBars.closes(10, 9, 11, 12, 8));

        assertThat(evaluation.events())
                .containsExactly(
                        new Event(SampleBars.day(2), Action.BUY, 11, "SMA1 11 crossed above SMA2 10"),
                        new Event(SampleBars.day(4), Action.SELL, 8, "SMA1 8 crossed below SMA2 10"));
        assertThat(evaluation.standing().signal()).isEqualTo(Standing.Signal.SELL);
        assertThat(evaluation.standing().position()).isEqualTo(Position.FLAT);
        assertThat(evaluation.standing().reason()).isEqualTo("SMA1 8 crossed below SMA2 10");
        assertThat(evaluation.standing().values()).containsExactly(Map.entry("fast", 8.0), Map.entry("slow", 10.0));
    }

    @Test
    void holdsAfterTheBarThatCrossedAndSaysSinceWhen() {
        Standing standing = evaluate("sma-cross", ONE_AND_TWO, SampleBars.closes(10, 9, 11, 12))
                .standing();

        assertThat(standing.signal()).isEqualTo(Standing.Signal.HOLD);
        assertThat(standing.position()).isEqualTo(Position.LONG);
        assertThat(standing.since()).isEqualTo(SampleBars.day(2));
        assertThat(standing.asOf()).isEqualTo(SampleBars.day(3));
        assertThat(standing.reason()).isEqualTo("SMA1 12 is above SMA2 11.5 since BUY on 2020-01-03");
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void priceThatNeverMovesIsNoEvent(String name) {
        for (double price : new double[] {10.1, 187.15, 7.77, 0.03, 61_234.57}) {
            double[] closes = new double[400];
            Arrays.fill(closes, price);

            assertThat(evaluate(name, Map.of(), SampleBars.closes(closes)).events())
                    .as("means over two windows of %s differ by rounding alone", price)
                    .isEmpty();
        }
    }

    @Test
    void smaCrossSeesNothingInAPriceThatHasStopped() {
        double[] walk = SampleBars.randomWalk(7, 200).close();
        for (int last = 100; last < 200; last++) {
            double[] closes = Arrays.copyOf(walk, 600);
            Arrays.fill(closes, last, closes.length, walk[last - 1]);

            assertThat(evaluate("sma-cross", Map.of(), SampleBars.closes(closes))
                            .events())
                    .allMatch(event -> event.timestamp().isBefore(SampleBars.day(200 + 30)));
        }
    }

    @Test
    void touchingWithoutCrossingIsNoEvent() {
        // above, equal, above; then below, equal, below
        assertThat(evaluate("sma-cross", ONE_AND_TWO, SampleBars.closes(1, 2, 2, 3))
                        .events())
                .isEmpty();
        assertThat(evaluate("sma-cross", ONE_AND_TWO, SampleBars.closes(3, 2, 2, 1))
                        .events())
                .isEmpty();
    }

    @Test
    void crossingWithAPauseOnTheLineIsOneEvent() {
        List<Event> events = evaluate("sma-cross", ONE_AND_TWO, SampleBars.closes(3, 2, 2, 3))
                .events();

        assertThat(events).extracting(Event::timestamp).containsExactly(SampleBars.day(3));
    }

    @Test
    void aSellTurnsThePositionShortWhenBothSidesAreTaken() {
        Bars bars = SampleBars.closes(9, 10, 8);
        Strategy strategy = Strategies.named("sma-cross");
        Arguments arguments = Arguments.named(strategy.description().parameters(), ONE_AND_TWO);

        assertThat(Evaluation.of(strategy, arguments, bars, Side.BOTH)
                        .standing()
                        .position())
                .isEqualTo(Position.SHORT);
        assertThat(Evaluation.of(strategy, arguments, bars, Side.LONG)
                        .standing()
                        .position())
                .isEqualTo(Position.FLAT);
    }

    @Test
    void rsiReversionBuysOnTheWayBackUpAndSellsOnTheWayBackDown() {
        // RSI of two: at bar 2 0; 50 at 3; 75 at 4 and 87.5 at 5; then back
        Evaluation evaluation =
                evaluate("rsi-reversion", Map.of("period", "2"), SampleBars.closes(10, 9, 8, 9, 10, 11, 9));

        assertThat(evaluation.events()).extracting(Event::action).containsExactly(Action.BUY, Action.SELL);
        assertThat(evaluation.events())
                .extracting(Event::timestamp)
                .containsExactly(SampleBars.day(3), SampleBars.day(6));
        assertThat(evaluation.events().getFirst().reason()).isEqualTo("RSI2 50 crossed above 30");
    }

    @Test
    void bollingerReversionBuysWhenTheCloseIsBackAboveTheLowerBand() {
        Evaluation evaluation = evaluate(
                "bollinger-reversion",
                Map.of("period", "4", "deviations", "1"),
                SampleBars.closes(10, 10, 10, 10, 5, 9));

        assertThat(evaluation.events()).extracting(Event::action).containsExactly(Action.BUY);
        assertThat(evaluation.events().getFirst().timestamp()).isEqualTo(SampleBars.day(5));
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void eventsNeverRepaint(String name) {
        Bars bars = SampleBars.randomWalk(17, 400);
        List<Event> all = evaluate(name, Map.of(), bars).events();

        assertThat(all).as("enough to see a difference").hasSizeGreaterThan(3);
        for (int size = 0; size <= bars.size(); size++) {
            int length = size;
            assertThat(evaluate(name, Map.of(), SampleBars.first(size, bars)).events())
                    .as("events of the first %s bars", size)
                    .isEqualTo(all.stream()
                            .filter(event -> event.timestamp().isBefore(SampleBars.day(length)))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void eventsAlternate(String name) {
        List<Event> events =
                evaluate(name, Map.of(), SampleBars.randomWalk(23, 2_000)).events();

        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).action()).isNotEqualTo(events.get(i - 1).action());
        }
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void noEventComesBeforeTheRequiredBarsAndSomeOnTheFirstPossibleOne(String name) {
        int required = evaluate(name, Map.of(), SampleBars.closes()).warmup().required();
        boolean earliest = false;
        for (int seed = 0; seed < 400; seed++) {
            Bars bars = SampleBars.randomWalk(seed, required);
            assertThat(evaluate(name, Map.of(), SampleBars.first(required - 1, bars))
                            .events())
                    .isEmpty();
            earliest |= !evaluate(name, Map.of(), bars).events().isEmpty();
        }
        assertThat(earliest).as("an event at bar %s of some series", required).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"sma-cross, 31", "ema-cross, 27", "macd-cross, 35", "rsi-reversion, 16", "bollinger-reversion, 21"})
    void tooFewBarsAreHoldAndNotReady(String name, int required) {
        Evaluation evaluation = evaluate(name, Map.of(), SampleBars.closes(1, 2, 3));

        assertThat(evaluation.warmup()).isEqualTo(new Evaluation.Warmup(required, 3, false));
        assertThat(evaluation.standing().signal()).isEqualTo(Standing.Signal.HOLD);
        assertThat(evaluation.standing().reason()).isEqualTo("needs " + required + " bars, there are 3");
        assertThat(evaluation.events()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void noBarsAreHold(String name) {
        Standing standing = evaluate(name, Map.of(), SampleBars.closes()).standing();

        assertThat(standing.signal()).isEqualTo(Standing.Signal.HOLD);
        assertThat(standing.asOf()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sma-cross | fast | 30 | fast: \"30\" (expected: less than slow, which is 30)",
                "macd-cross | slow | 12 | fast: \"12\" (expected: less than slow, which is 12)",
                "rsi-reversion | low | 70 | low: \"70\" (expected: less than high, which is 70)",
                "rsi-reversion | high | 101 | high: \"101\" (expected: a number from 0 to 100)",
                "sma-cross | fsat | 5 | fsat: \"5\" (expected: no such parameter; there are: fast, slow)"
            })
    void refusesArgumentsThatDoNotGoTogether(String name, String parameter, String value, String message) {
        assertThatThrownBy(() -> evaluate(name, Map.of(parameter, value), SampleBars.closes(1)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage(message);
    }

    private static Evaluation evaluate(String name, Map<String, String> given, Bars bars) {
        Strategy strategy = Strategies.named(name);
        return Evaluation.of(strategy, Arguments.named(strategy.description().parameters(), given), bars, Side.LONG);
    }
}
