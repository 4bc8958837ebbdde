package dev.tradingplatform.stock.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {

    private static final int RANDOM_NUMBERS = 200_000;

    @ParameterizedTest
    @CsvSource({
        "212.80, 212.8",
        "0.000000001, 0.000000001",
        "999999999.999999999, 999999999.999999999",
        "123456789012345678, 123456789012345678",
        "123456789012345.678, 123456789012345.678",
        "100, 100",
        "1E+2, 100",
        "1.5e-3, 0.0015",
        "1.10000000000, 1.1",
        "10.000010, 10.00001",
        "-37.63, -37.63",
        "-0.000000001, -0.000000001",
        "+5, 5",
        ".5, 0.5",
        "007, 7",
        "0, 0",
        "-0.00, 0",
        "0e1000000000, 0"
    })
    void keepsAllDigitsAndWritesThemPlainly(String text, String plain) {
        Parsed<Decimal> parsed = Decimal.parse(text);

        assertThat(parsed).isEqualTo(new Parsed.Good<>(decimal(plain), true));
        assertThat(decimal(plain)).hasToString(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "187.72999572753906, 187.729995728",
        "0.0000000005, 0",
        "0.0000000015, 0.000000002",
        "0.0000000025, 0.000000002",
        "0.00000000250000001, 0.000000003",
        "-0.0000000015, -0.000000002",
        "1e-1000000000, 0",
        "1234567890.1234567885, 1234567890.12345679",
        "999999999.9999999995, 1000000000",
        "12345678901234567.85, 12345678901234567.8",
        "99999999999999999.95, 100000000000000000",
        "131308.123456789012345678, 131308.123456789"
    })
    void digitsWithoutRoomAreRoundedHalfToEven(String text, String rounded) {
        assertThat(Decimal.parse(text)).isEqualTo(new Parsed.Good<>(decimal(rounded), false));
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, not-a-number",
        "Infinity, not-a-number",
        "'1,5', not-a-number",
        "0x1p3, not-a-number",
        "--1, not-a-number",
        "-, not-a-number",
        "., not-a-number",
        "1.2.3, not-a-number",
        "1000000000000000000, too-large",
        "999999999999999999.5, too-large",
        "-1000000000000000000, too-large",
        "1e400, too-large"
    })
    void refusesWithACodeThatNamesTheFault(String text, String code) {
        assertThat(Decimal.parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo(code));
    }

    @Test
    void textsOfMoreThan64CharactersAreNoNumbers() {
        assertThat(Decimal.parse("1." + "0".repeat(63))).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void refusesHugeExponentsWithoutComputingThem() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(Decimal.parse("1e1000000000")).isInstanceOf(Parsed.Bad.class);
            assertThat(Decimal.parse("1e-1000000000")).isInstanceOf(Parsed.Good.class);
        });
    }

    @Test
    void volumeIsNotNegative() {
        assertThat(Decimal.parseVolume("0.00001")).isEqualTo(new Parsed.Good<>(decimal("0.00001")));
        assertThat(Decimal.parseVolume("-0")).isEqualTo(new Parsed.Good<>(Decimal.ZERO));
        assertThat(Decimal.parseVolume("-1"))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo("negative"));
    }

    @Test
    void randomNumbersAreReadRoundedComparedAndWrittenAsBigDecimalDoes() {
        Random random = new Random(20_261_128);
        Decimal previous = Decimal.ZERO;
        for (int i = 0; i < RANDOM_NUMBERS; i++) {
            String text = text(random);
            BigDecimal exact = new BigDecimal(text);
            Parsed<Decimal> parsed = Decimal.parse(text);
            if (!(parsed instanceof Parsed.Good<Decimal>(Decimal value, boolean isExact))) {
                assertThat(expected(exact).precision()).as(text).isGreaterThan(Decimal.MAX_DIGITS);
                continue;
            }
            assertThat(value.toBigDecimal()).as(text).isEqualByComparingTo(expected(exact));
            assertThat(isExact).as(text).isEqualTo(value.toBigDecimal().compareTo(exact) == 0);
            assertThat(value.toString()).as(text).isEqualTo(plain(value.toBigDecimal()));
            assertThat(Decimal.parse(value.toString())).as(text).isEqualTo(new Parsed.Good<>(value));
            assertThat(Integer.signum(value.compareTo(previous)))
                    .as("%s and %s", value, previous)
                    .isEqualTo(value.toBigDecimal().compareTo(previous.toBigDecimal()));
            previous = value;
        }
    }

    @Test
    void numbersBeyondTheLimitsCannotBeMade() {
        assertThatThrownBy(() -> new Decimal(1_000_000_000_000_000_000L, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Decimal(10, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Decimal(1, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Rounds as the limits say, step by step. */
    private static BigDecimal expected(BigDecimal exact) {
        for (int scale = Decimal.MAX_SCALE; scale > 0; scale--) {
            BigDecimal rounded = exact.setScale(scale, RoundingMode.HALF_EVEN);
            if (rounded.precision() <= Decimal.MAX_DIGITS) {
                return rounded;
            }
        }
        return exact.setScale(0, RoundingMode.HALF_EVEN);
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String text(Random random) {
        BigInteger digits = new BigInteger(1 + random.nextInt(80), random);
        BigDecimal number = new BigDecimal(digits, random.nextInt(25));
        String sign = random.nextInt(4) == 0 && number.signum() != 0 ? "-" : "";
        return sign + (random.nextBoolean() ? number.toPlainString() : number.toString());
    }

    private static Decimal decimal(String text) {
        return Decimal.round(new BigDecimal(text)).orElseThrow();
    }
}
