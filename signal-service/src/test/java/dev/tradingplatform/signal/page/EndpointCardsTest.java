package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The cards of the replicas, while replicas die. */
@InBrowser
class EndpointCardsTest {

    private static final String FIVE_ACTIVE = "document.querySelectorAll('.card[data-state=ACTIVE]').length === 5";

    @Test
    void killedReplicasCardSaysSoWithinTwoSecondsAndTheChartGoesOn(Stage stage, Tab tab) {
        stage.with(5).store("SPY", SampleBars.randomWalk(1, 300)).store("OTHER", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=SPY"));
        tab.until(FIVE_ACTIVE);
        tab.until("document.querySelector('[data-ticker=OTHER]')");

        // The quicker of two, for the machine may stall once
        Duration first = untilEjected(stage.kill(1), tab);
        Duration second = untilEjected(stage.kill(2), tab);

        assertThat(first.compareTo(second) < 0 ? first : second).isLessThan(Duration.ofSeconds(2));
        tab.untilText("#pulse", "3 of 5");
        tab.click("[data-ticker=OTHER]");
        tab.untilText("#ticker-name", "OTHER");
        tab.until("document.querySelector('#legend').innerText.includes('C ')");
        assertThat(tab.box("#stale").path("width").asInt()).isZero();
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void followsChangesWithoutBeingReloadedOrAskingAgain(Stage stage, Tab tab) {
        stage.with(2).store("SPY", SampleBars.randomWalk(1, 300));
        tab.open(stage.page("?ticker=SPY"));
        tab.until("document.querySelectorAll('.card').length === 2");
        tab.run("document.querySelector('.card').dataset.mark = 'same'");

        String before = tab.text(".card .numbers");
        tab.until("document.querySelector('.card .numbers').innerText !== %s".formatted(quoted(before)));

        assertThat(tab.run("document.querySelector('.card').dataset.mark").asString())
                .isEqualTo("same");
        assertThat(tab.requests()).noneMatch(uri -> uri.getPath().endsWith("/discovery"));
    }

    @Test
    void saysThatTheStreamIsLostAndTakesItUpAgain(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));
        tab.open(stage.page("?ticker=SPY"));
        tab.untilText("#live", "live");

        stage.stopSignalService();
        tab.untilText("#live", "stream lost");
        tab.untilText("#pulse", "Live view lost");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        stage.startSignalService();

        tab.until("document.querySelector('#live').dataset.state === 'live'");
        tab.untilText("#pulse", "1 of 1");
    }

    @Test
    void takesUpAStreamAgainThatSaysNothingMore(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));
        // As one whose other end has vanished without a word: open, and silent
        tab.prepare("""
                const Real = EventSource;
                window.streams = [];
                window.EventSource = class extends Real {
                  constructor(address) {
                    super(address);
                    streams.push(this);
                  }
                  addEventListener(name, job) {
                    super.addEventListener(name, (event) => this.silent || job(event));
                  }
                }""");
        tab.open(stage.page("?ticker=SPY"));
        tab.untilText("#live", "live");

        tab.run("streams.forEach((stream) => { stream.silent = true; })");

        tab.until("streams.at(-1).silent !== true && document.querySelector('#live').dataset.state === 'live'");
        assertThat(tab.run("streams.slice(0, -1).every(({ readyState }) => readyState === EventSource.CLOSED)")
                        .asBoolean())
                .isTrue();
        String before = tab.text(".card .numbers");
        tab.until("document.querySelector('.card .numbers').innerText !== %s".formatted(quoted(before)));
    }

    @Test
    void fixedAddressIsNoFault(Tab tab) {
        try (FakeStockService replica = new FakeStockService();
                Stage fixed = new Stage("signals.stock-service=" + replica.url(), "logging.level.root=warn")) {
            replica.store("SPY", SampleBars.randomWalk(1, 300), 1);
            tab.open(fixed.page("?ticker=SPY"));
            tab.untilText("#pulse", "Fixed address, not discovered");

            tab.untilText("#services", FakeStockService.ENDPOINT + " served this chart");
            assertThat(tab.run("document.querySelector('#pulse').dataset.state").asString())
                    .isEqualTo("fixed");
            assertThat(tab.text("body")).doesNotContain("No endpoint known", "No name has been looked up");
        }
    }

    @Test
    void asksEveryTwoSecondsWhereTheStreamIsRefused(Tab tab) throws IOException {
        try (Stage crowded = new Stage("signals.discovery.subscribers=1")) {
            crowded.with(1).store("SPY", SampleBars.randomWalk(1, 300));
            try (InputStream onlySeat = crowded.follow()) {
                assertThat(onlySeat.read()).isNotNegative();
                tab.open(crowded.page("?ticker=SPY"));
                tab.untilText("#live", "every 2 s");
                tab.until("document.querySelector('.card[data-state=ACTIVE]')");

                String before = tab.text(".card .facts");
                tab.until("document.querySelector('.card .facts').innerText !== %s".formatted(quoted(before)));
            }
        }
    }

    private static Duration untilEjected(String dead, Tab tab) {
        long start = System.nanoTime();
        String card = "[data-endpoint=\"%s\"]".formatted(dead);
        tab.until("document.querySelector('%s').dataset.state === 'EJECTED'".formatted(card), Duration.ofSeconds(10));
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(tab.text(card)).containsPattern("no connection|connection broken");
        return taken;
    }

    private static String quoted(String text) {
        return "'" + text.replace("\n", "\\n") + "'";
    }
}
