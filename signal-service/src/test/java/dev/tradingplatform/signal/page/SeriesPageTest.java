package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bars the page shows: timeframe, adjustment, splits, and the decimals of the market. */
@InBrowser
class SeriesPageTest {

    private static final String CHOOSE = """
            const select = document.querySelector('#%s');
            select.value = '%s';
            select.dispatchEvent(new Event('change'))""";

    private static final String FOCUS = "document.querySelector('#chart').focus()";

    @ParameterizedTest
    @CsvSource({
        "EURUSD=X, 1.08581, 1.08600, 1.08600",
        "USDJPY=X, 141.23, 141.234, 141.234",
        "DOGE, 0.00001235, 0.0000124, 0.00001240",
        "BTC-USD, 43267.46626391, 43268.5, 43268.50000000",
        "FLOAT, 187.729995728, 188.100006104, 188.10",
        "SPY, 475, 476.5, 476.50",
        "THIRD, 33.333333333, 66.666666667, 66.67"
    })
    void pricesHaveTheDecimalsOfTheirMarket(
            String ticker, double before, double last, String shown, Stage stage, Tab tab) {
        stage.with(1).store(ticker, SampleBars.closes(before, last));

        tab.open(stage.page("?i=&ticker=" + ticker));

        tab.untilText("#legend", "C " + shown);
        assertThat(tab.text("#price")).isEqualTo(shown);
    }

    @Test
    void timeframeIsChosenAmongThoseOfTheTickerAndKeptInTheUrl(Stage stage, Tab tab) {
        FakeStockService replica = stage.with(1).replicas().getFirst();
        replica.store("BOTH", SampleBars.closes(1, 2, 3), 1);
        replica.store("BOTH", "5m", SampleBars.closes(7, 8, 9, 10), 1);
        replica.store("DAILY", SampleBars.closes(4, 5), 1);
        tab.open(stage.page("?ticker=BOTH&i="));
        tab.untilText("#legend", "C 3.00");
        tab.until("document.querySelectorAll('.ticker').length === 2");
        assertThat(tab.run("[...document.querySelector('#timeframe').options].map(({ value }) => value).join()")
                        .asString())
                .isEqualTo("5m,1d");

        tab.run(CHOOSE.formatted("timeframe", "5m"));

        tab.untilText("#legend", "C 10.00");
        tab.until("document.querySelectorAll('.ticker').length === 1");
        assertThat(tab.run("location.search").asString()).contains("timeframe=5m");
        assertThat(tab.text("#chart-state")).isEmpty();
        tab.run("history.back()");
        tab.untilText("#legend", "C 3.00");
        assertThat(tab.run("document.querySelector('#timeframe').value").asString())
                .isEqualTo("1d");
        tab.open(stage.page("?ticker=BOTH&i=sma:2&timeframe=5m"));
        tab.untilText("#legend", "sma:2 9.50");
        assertThat(Axe.graveFaults(tab)).isEmpty();
    }

    @Test
    void splitIsMarkedAndRawPricesAreAChoice(Stage stage, Tab tab) {
        FakeStockService replica = stage.with(1).replicas().getFirst();
        replica.store("SPLIT", SampleBars.closes(200, 204, 104, 106), 1);
        replica.storeAdjusted("SPLIT", "split", SampleBars.closes(100, 102, 104, 106), 1);
        replica.storeSplits("SPLIT", "{\"timestamp\":\"2020-01-03T00:00:00Z\",\"numerator\":2,\"denominator\":1}");
        tab.recordDrawnTexts();
        tab.open(stage.page("?ticker=SPLIT&i="));
        tab.untilText("#legend", "C 106.00");
        assertThat(tab.drawnTexts()).contains("Split 2:1");
        tab.run(FOCUS);
        tab.press("ArrowLeft");
        tab.untilText("#legend", "Split 2:1");
        tab.press("ArrowLeft");
        tab.untilText("#legend", "C 102.00");
        assertThat(tab.text("#legend")).doesNotContain("Split");

        tab.run(CHOOSE.formatted("adjustment", "raw"));

        tab.until("document.querySelector('#chart-state').innerText === ''");
        assertThat(tab.run("location.search").asString()).contains("adjustment=raw");
        tab.run(FOCUS);
        tab.press("Home");
        tab.untilText("#legend", "C 200.00");
    }
}
