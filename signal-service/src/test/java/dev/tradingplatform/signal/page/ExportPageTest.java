package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be taken out of the page: files, a picture, the link, paper. */
@InBrowser
class ExportPageTest {

    private static final String QUERY = "?ticker=HILL&strategy=sma-cross&p.fast=5&p.slow=10&i=";

    @Test
    void filesHaveTheBarsAndTheTradesOfWhatIsChosen(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.open(stage.page(QUERY + "&b.commission=0.01"));
        tab.untilText("#tiles", "12,391.18");

        assertThat(tab.run("fetch(document.querySelector('#save-bars').href).then((answer) => answer.text())")
                        .asString())
                .startsWith("timestamp,open,high,low,close,volume\n")
                .hasLineCount(121);
        assertThat(tab.run("fetch(document.querySelector('#save-trades').href).then((answer) => answer.text())")
                        .asString())
                .startsWith("side,shares,")
                .contains("LONG,93.4")
                .hasLineCount(2);
        assertThat(tab.run("document.querySelector('#save-bars').hasAttribute('download')")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void savesThePictureOfTheChart(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.open(stage.page(QUERY));
        tab.untilText("#tiles", "Return");
        tab.run("""
                URL.createObjectURL = (blob) => {
                  window.picture = createImageBitmap(blob);
                  return 'blob:picture';
                };
                HTMLAnchorElement.prototype.click = function () { window.saved = this.download; };""");

        tab.click("#save-picture");
        tab.until("window.saved");

        assertThat(tab.run("saved").asString()).isEqualTo("HILL-chart.png");
        assertThat(tab.run("picture.then(({ width }) => width - document.querySelector('#chart').clientWidth)")
                        .asInt())
                .isBetween(-2, 2);
    }

    @Test
    void copiesTheLink(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.open(stage.page(QUERY));
        tab.untilText("#tiles", "Return");
        tab.run("""
                Object.defineProperty(navigator, 'clipboard', { value: {
                  writeText: (text) => { window.copied = text; return Promise.resolve(); } } });""");

        tab.click("#copy-link");
        tab.untilText("#copied", "Link copied");

        assertThat(tab.run("copied === location.href").asBoolean()).isTrue();
    }

    @Test
    void paperHasAllSignalsAndNoControls(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 900));
        tab.open(stage.page("?ticker=SPY&p.fast=3&p.slow=6"));
        tab.untilText("#event-rows", "crossed");
        String scroll = "document.querySelector('#events .scroll')";
        assertThat(tab.run("%1$s.scrollHeight > %1$s.clientHeight".formatted(scroll))
                        .asBoolean())
                .isTrue();

        tab.call("Emulation.setEmulatedMedia", Map.of("media", "print"));

        tab.until("%1$s.scrollHeight === %1$s.clientHeight".formatted(scroll));
        for (String hidden : new String[] {".tickers", ".endpoints", "#controls", "#import-open", ".exports"}) {
            assertThat(tab.box(hidden).path("width").asInt()).as(hidden).isZero();
        }
    }
}
