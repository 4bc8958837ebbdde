package dev.tradingplatform.stock.bar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TickerTest {

    @ParameterizedTest
    @ValueSource(strings = {"TICKER_1", "BRK.B", "^GSPC", "EURUSD=X", "BF-B", "7203.T", "A"})
    void acceptsWhatExchangesUse(String symbol) {
        assertThat(Ticker.parse(symbol)).contains(new Ticker(symbol));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=CMD", "-A", "+A", "@A", "_A", "A B", "A/B", "Ä", "A12345678901234567890123456789012"})
    void refusesWhatASpreadsheetWouldRunAndWhatIsNoTicker(String symbol) {
        assertThat(Ticker.parse(symbol)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spy", " SPY", "Spy"})
    void readsAnyCase(String symbol) {
        assertThat(Ticker.parse(symbol)).contains(new Ticker("SPY"));
    }
}
