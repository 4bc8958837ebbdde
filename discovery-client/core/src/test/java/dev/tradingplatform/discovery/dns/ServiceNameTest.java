package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {

    /** Of the random texts; x stands for up to 70 letters. */
    private static final String LETTERS = "abzZ09__-..xx\u212A";

    @Test
    void isTheSameNameInUpperCaseAndWithAFinalDot() {
        assertThat(new ServiceName("Stock-Service.Trading-Platform.LOCAL."))
                .isEqualTo(new ServiceName("stock-service.trading-platform.local"));
    }

    @ParameterizedTest
    @CsvSource({
        "stock-service, stock-service",
        "STOCK-SERVICE, stock-service",
        "my_service, my_service",
        "my_service.trading-platform.local, my_service.trading-platform.local",
        "_http._tcp.stock-service.trading-platform.local, _http._tcp.stock-service.trading-platform.local",
        "trailing_.zone, trailing_.zone",
        "stock-service.trading-platform.local., stock-service.trading-platform.local",
        "a.b.trading-platform.local, a.b.trading-platform.local",
        "7, 7",
        "7.zone, 7.zone"
    })
    void isParsedFromEveryFormOfAName(String text, String name) {
        assertThat(ServiceName.parse(text)).contains(new ServiceName(name));
        assertThat(new ServiceName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "a..b",
                "a.zone..",
                ".a",
                "-",
                "-a.b",
                "a-.b",
                "a b",
                "ä.local",
                "\u212Aelvin.zone",
                "\u0130.zone",
                "10.0.0.1/8",
                "10.0.0.1",
                "2001:db8::1",
                "stock-service:80",
                "http://stock-service",
                "${unset}"
            })
    void isNotParsedFromOtherText(String text) {
        assertThat(ServiceName.parse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceName(text))
                .withMessageContaining("service name: \"" + text + "\"")
                .withMessageContaining("expected: a DNS name");
    }

    @Test
    void hasLabelsOfAtMost63AndAtMost253Characters() {
        assertThat(ServiceName.parse("a".repeat(63) + ".b")).isPresent();
        assertThat(ServiceName.parse("a".repeat(64) + ".b")).isEmpty();
        assertThat(ServiceName.parse("abcdefg.".repeat(31) + "abcde")).isPresent();
        assertThat(ServiceName.parse("abcdefg.".repeat(31) + "abcdef")).isEmpty();
    }

    @Test
    void randomTextsAreNamesIfTheGrammarOfNamesMatchesThem() {
        String label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
        Pattern name = Pattern.compile("(?:" + label + "\\.)*" + label);
        Pattern number = Pattern.compile(".*\\.[0-9]+");
        Random random = new Random(1);
        int names = 0;
        for (int text = 0; text < 50_000; text++) {
            String candidate = random.ints(random.nextInt(10), 0, LETTERS.length())
                    .mapToObj(letter -> LETTERS.substring(letter, letter + 1))
                    .map(letter -> letter.equals("x") ? "x".repeat(1 + random.nextInt(70)) : letter)
                    .collect(Collectors.joining());
            String plain = candidate.replaceFirst("\\.$", "").replace('Z', 'z');
            boolean expected = plain.length() <= 253
                    && name.matcher(plain).matches()
                    && !number.matcher(plain).matches();

            assertThat(ServiceName.parse(candidate).isPresent()).as(candidate).isEqualTo(expected);
            names += expected ? 1 : 0;
        }
        assertThat(names).isBetween(5_000, 45_000);
    }
}
