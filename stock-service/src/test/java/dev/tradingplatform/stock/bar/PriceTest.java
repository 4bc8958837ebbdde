package dev.tradingplatform.stock.bar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTest {

    @ParameterizedTest
    @CsvSource({
        "212.80, 212800000, 212.8",
        "0.000001, 1, 0.000001",
        "999999999.999999, 999999999999999, 999999999.999999",
        "100, 100000000, 100",
        "1E+2, 100000000, 100",
        "1.10000000000, 1100000, 1.1",
        "10.000010, 10000010, 10.00001"
    })
    void readsExactlyAndWritesPlainly(String text, long micros, String plain) {
        assertThat(Price.parse(text)).isEqualTo(new Parsed.Good<>(micros));
        assertThat(Price.text(micros)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, not-a-number",
        "Infinity, not-a-number",
        "'1,5', not-a-number",
        "0x1p3, not-a-number",
        "0, not-positive",
        "0.000000, not-positive",
        "-1, not-positive",
        "1000000000, too-large",
        "1e400, too-large",
        "0.0000001, too-many-decimals",
        "1.1234567, too-many-decimals"
    })
    void refusesWithACodeThatSaysWhy(String text, String code) {
        assertThat(Price.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo(code));
    }

    @Test
    void refusesHugeExponentsWithoutComputingThem() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(Price.parse("1e1000000000")).isInstanceOf(Parsed.Bad.class);
            assertThat(Price.parse("1e-1000000000")).isInstanceOf(Parsed.Bad.class);
        });
    }
}
