package dev.tradingplatform.signal.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorRequestTest {

    @ParameterizedTest
    @CsvSource({
        "sma, sma:20",
        "sma:5, sma:5",
        "macd:5, macd:5:26:9",
        "bbands:20:2.50, bbands:20:2.5",
        "obv, obv",
        "sma:1e2, sma:100"
    })
    void keyNamesEveryNumber(String text, String key) {
        assertThat(IndicatorRequest.parse(text).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo | i: \"foo\" (expected: an indicator: sma, ema, bbands, rsi, macd, stoch, adx, atr, obv)",
                "sma:0 | period: \"0\" (expected: a whole number from 1 to 1000)",
                "sma:2.5 | period: \"2.5\" (expected: a whole number from 1 to 1000)",
                "sma:abc | period: \"abc\" (expected: a whole number from 1 to 1000)",
                "sma: | period: \"\" (expected: a whole number from 1 to 1000)",
                "sma:1e999999999 | period: \"1e999999999\" (expected: a whole number from 1 to 1000)",
                "bbands:20:11 | deviations: \"11\" (expected: a number from 0.1 to 10)",
                "sma:20:3 | i: \"3\" (expected: at most 1 numbers: period)"
            })
    void refusesWithTheFieldTheValueAndWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> IndicatorRequest.parse(text))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAMacdWhoseFastAverageIsNotFaster() {
        assertThatThrownBy(() -> IndicatorRequest.parse("macd:26:26"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage("fast: \"26\" (expected: less than slow, which is 26)");
    }

    @Test
    void namesEveryIndicatorThatCannotBeReadAndEveryNumberOfIt() {
        assertThatThrownBy(() -> IndicatorRequest.parseAll("sma:20,foo,macd:0:x:9,obv,macd:3:2"))
                .isInstanceOfSatisfying(
                        InvalidParameterException.class,
                        refused -> assertThat(refused.violations())
                                .extracting(violation -> violation.indicator() + " " + violation.parameter())
                                .containsExactly("foo i", "macd:0:x:9 fast", "macd:0:x:9 slow", "macd:3:2 fast"));
    }
}
