package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Indicators: chosen in the menu or written, and how they are drawn. */
@InBrowser
class IndicatorMenuTest {

    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";

    @Test
    void addsAnIndicatorWithNumbersFromTheMenu(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));
        tab.open(stage.page("?ticker=SPY&i="));
        tab.until(DRAWN);

        tab.click("#indicator-menu summary");
        choose("bbands", tab);
        assertThat(tab.text("#indicator-parameters")).contains("period", "deviations");
        assertThat(tab.text("#indicator-definition")).isNotEmpty();
        enter("period", "0", tab);
        tab.untilText("#indicator-period-problem", "Expected: a whole number from 1 to 1000");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.click("#indicator-add");
        assertThat(tab.run("document.querySelectorAll('.chip[aria-pressed=true]').length")
                        .asInt())
                .isZero();
        enter("period", "10", tab);
        enter("deviations", "1.5", tab);
        tab.click("#indicator-add");

        tab.untilText("#legend", "bbands:10:1.5.upper");
        assertThat(tab.text(".chip[aria-pressed=true]")).isEqualTo("BBANDS 10 1.5");
        assertThat(tab.run("document.querySelector('#indicator-menu').open").asBoolean())
                .isFalse();
        assertThat(tab.run("location.search").asString()).contains("i=bbands:10:1.5");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void readsIndicatorsHoweverTheyAreWritten(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));
        tab.open(stage.page("?ticker=SPY&i=SMA:40"));
        tab.untilText("#legend", "sma:40");

        Map.of("SMA 50", "sma:50", "sma 60", "sma:60", "SMA:70", "sma:70", " macd ", "macd:12:26:9.signal")
                .forEach((written, line) -> {
                    tab.run("""
                            (() => {
                              const field = document.querySelector('#another');
                              field.value = '%s';
                              field.dispatchEvent(new Event('change'));
                            })()""".formatted(written));
                    tab.untilText("#legend", line);
                });

        assertThat(tab.run("document.querySelectorAll('.chip[data-key^=macd]').length")
                        .asInt())
                .isOne();
        assertThat(tab.run("location.search").asString()).contains("sma:40", "sma:50", "macd:12:26:9");
    }

    @Test
    void writesTheNameOfAnIndicatorIntoItsPane(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));
        tab.recordDrawnTexts();
        tab.open(stage.page("?ticker=SPY&i=sma:20"));
        tab.until(DRAWN);
        assertThat(tab.drawnTexts()).doesNotContain("RSI 14", "SMA 20");

        tab.click("[data-key='rsi:14']");
        tab.click("[data-key='macd:12:26:9']");

        tab.until("drawn.has('RSI 14') && drawn.has('MACD 12 26 9')");
        assertThat(tab.drawnTexts()).doesNotContain("SMA 20");
    }

    @Test
    void drawsOverlaysInColoursOfTheirOwn(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));

        tab.open(stage.page("?ticker=SPY&i=macd:12:26:9,adx:14,stoch:14:3:3,sma:20"));
        tab.untilText("#legend", "sma:20");

        assertThat(tab.run("""
                        new Set([...document.querySelectorAll('#legend .line')]
                          .filter(({ innerText }) => innerText.startsWith('sma:')).map(({ style }) => style.color)).size""").asInt()).isEqualTo(3);
    }

    @Test
    void writesLargeNumbersOfAxesShort(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));
        tab.recordDrawnTexts();

        tab.open(stage.page("?ticker=SPY&i=obv"));

        tab.until("[...drawn].some((text) => /^-?[0-9.]+M$/.test(text))");
        tab.until("[...drawn].some((text) => /^[0-9.]+K$/.test(text))");
        assertThat(tab.drawnTexts()).doesNotContainPattern("[0-9]{5}");
    }

    private static void choose(String indicator, Tab tab) {
        tab.run("""
                (() => {
                  const menu = document.querySelector('#indicator');
                  menu.value = '%s';
                  menu.dispatchEvent(new Event('change'));
                })()""".formatted(indicator));
    }

    private static void enter(String parameter, String value, Tab tab) {
        tab.run("""
                (() => {
                  const field = document.querySelector('#indicator-%s');
                  field.value = '%s';
                  field.dispatchEvent(new Event('input'));
                })()""".formatted(parameter, value));
    }
}
