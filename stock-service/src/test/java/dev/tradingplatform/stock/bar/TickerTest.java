package dev.tradingplatform.stock.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TICKER_1",
                "BRK.B",
                "^GSPC",
                "EURUSD=X",
                "BF-B",
                "7203.T",
                "A",
                "BTC-USD",
                "ES=F",
                "M&M.NS",
                "BTC/USDT"
            })
    void acceptsWhatExchangesUse(String symbol) {
        assertThat(Ticker.parse(symbol)).contains(new Ticker(symbol));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=CMD",
                "-A",
                "+A",
                "@A",
                "_A",
                "A B",
                "A/",
                "/A",
                "A//B",
                "A/../B",
                "A/.",
                "Ä",
                "A12345678901234567890123456789012"
            })
    void refusesWhatASpreadsheetWouldRunAndWhatIsNoTicker(String symbol) {
        assertThat(Ticker.parse(symbol)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spy", " SPY", "Spy"})
    void readsAnyCase(String symbol) {
        assertThat(Ticker.parse(symbol)).contains(new Ticker("SPY"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u017Fpy", "\uFB01", "\u00DF", "q\u0131x", "q\u0130x", "\uFF33PY", "\u212A"})
    void refusesCharactersThatBecomeAsciiLettersInUpperCaseOrOnlyLookLikeThem(String symbol) {
        assertThat(Ticker.parse(symbol)).isEmpty();
        assertThat(Ticker.parsePrefix(symbol)).isEmpty();
    }

    @Test
    void isInUpperCase() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Ticker("spy"));
    }
}
