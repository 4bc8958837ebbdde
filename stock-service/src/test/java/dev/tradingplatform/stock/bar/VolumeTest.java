package dev.tradingplatform.stock.bar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeTest {

    @ParameterizedTest
    @CsvSource({
        "82488700, 82488700",
        "0, 0",
        "0.00, 0",
        "0.00001, 0.00001",
        "21.62325095, 21.62325095",
        "1E+2, 100",
        "999999999999999, 999999999999999"
    })
    void keepsAllDigitsAndWritesThemPlainly(String text, String plain) {
        assertThat(Volume.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Good.class,
                        good -> assertThat(Volume.text((Double) good.value())).isEqualTo(plain));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, negative",
        "NaN, not-a-number",
        "1e400, too-large",
        "1000000000000000, too-large",
        "0.1234567890123456, too-many-digits",
        "1e-1000000000, too-many-digits"
    })
    void refusesWithACodeThatSaysWhy(String text, String code) {
        assertThat(Volume.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo(code));
    }
}
