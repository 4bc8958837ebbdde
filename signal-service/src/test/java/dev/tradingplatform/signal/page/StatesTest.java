package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the page shows while it has nothing to show, or not what one wants: each state is designed, and accessible. */
@InBrowser
class StatesTest {

    private static final Bars WALK = SampleBars.randomWalk(1, 300);
    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";

    @Test
    void chartWithEverythingOnIsAccessible(Stage stage, Tab tab) {
        stage.with(3).store("SPY", WALK);

        tab.open(stage.page("?ticker=SPY&i=bbands:20:2,rsi:14,macd:12:26:9"));
        tab.until(DRAWN);
        tab.until("document.querySelector('#tiles').children.length > 0");

        assertThat(Axe.graveFaults(tab)).isEmpty();
    }

    @Test
    void saysThatItLoads(Stage stage, Tab tab) {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        stage.with(1).store("SPY", WALK);
        stage.replicas().getFirst().beforeEachPage(() -> {
            asked.countDown();
            awaitUninterrupted(go);
        });

        tab.open(stage.page("?ticker=SPY"));
        tab.untilText("#chart-state", "Loading SPY");
        awaitUninterrupted(asked);

        assertThat(tab.text("#ticker-name")).isEqualTo("SPY");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        go.countDown();
        tab.until(DRAWN);
        assertThat(tab.text("#chart-state")).isEmpty();
    }

    @Test
    void invitesToImportWhereThereAreNoTickers(Stage stage, Tab tab) {
        stage.with(1);

        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");
        tab.untilText("#chart-state", "Import a CSV file");

        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.click("#chart-state button");
        tab.until("document.querySelector('#import').open");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void saysThatNoReplicaIsKnownAndDrawsAsSoonAsOneIs(Stage stage, Tab tab) {
        tab.open(stage.page("?ticker=SPY"));
        tab.untilText("#chart-state", "stock-service.trading-platform.local has no endpoint");
        tab.untilText("#pulse", "No endpoint known");
        assertThat(Axe.graveFaults(tab)).isEmpty();

        stage.with(1).store("SPY", WALK);

        tab.until(DRAWN);
        tab.untilText("#pulse", "1 of 1");
    }

    @Test
    void saysThatATickerIsUnknownAndOffersTheOthers(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);

        tab.open(stage.page("?ticker=NOPE"));
        tab.untilText("#chart-state", "Try again");
        tab.until("document.querySelector('[data-ticker=SPY]')");

        assertThat(tab.text("#chart-state")).contains("has no 1d bars of NOPE");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.click("[data-ticker=SPY]");
        tab.until(DRAWN);
    }

    @Test
    void goesOnWithTheLastCopyWhenEveryReplicaIsDeadAndSaysHowOldItIs(Stage stage, Tab tab) {
        stage.with(2).store("SPY", WALK);
        tab.open(stage.page("?ticker=SPY"));
        tab.until(DRAWN);

        stage.kill(0);
        stage.kill(1);
        tab.untilText("#stale", "No replica of stock-service answers");

        assertThat(tab.text("#stale")).containsPattern("127\\.0\\.0\\.1:\\d+ gave \\d+ s ago");
        tab.untilText("#pulse", "0 of 2");
        tab.click("[data-key='ema:20']");
        tab.untilText("#legend", "ema:20");
        assertThat(Axe.graveFaults(tab)).isEmpty();
    }

    @Test
    void oneRefusedIndicatorHidesNoOther(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);

        tab.open(stage.page("?ticker=SPY&i=rsi:14,sma:x,ema:50"));
        tab.until(DRAWN);

        assertThat(tab.text("#legend")).contains("rsi:14", "ema:50", "sma:10").doesNotContain("sma:x");
        assertThat(tab.run("document.querySelector(\"[data-key='sma:x']\").ariaInvalid")
                        .asString())
                .isEqualTo("true");
        assertThat(tab.text("#refused")).contains("period");
        assertThat(Axe.graveFaults(tab)).isEmpty();
    }

    @Test
    void keepsTheLastGoodSignalsInGreyWhileANumberIsRefused(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);
        tab.open(stage.page("?ticker=SPY&i="));
        tab.until(DRAWN);
        tab.untilText("#event-rows", "crossed");
        tab.until("document.querySelector('.ticker .badge:not([hidden])')");
        String reason = tab.text("#reason");
        String events = tab.text("#event-rows");
        String tiles = tab.text("#tiles");

        enter("fast", "40", tab);
        tab.untilText("#parameter-fast-problem", "Expected: less than slow, which is 30");

        tab.untilText("#legend", "sma:40");
        tab.untilText("#refused", "The grey signals are those of the numbers before.");
        assertThat(tab.run("document.querySelector('#parameter-fast').ariaInvalid")
                        .asString())
                .isEqualTo("true");
        assertThat(tab.text("#reason")).isEqualTo(reason).isNotEmpty();
        assertThat(tab.text("#event-rows")).isEqualTo(events);
        assertThat(tab.text("#tiles")).isEqualTo(tiles).isNotEmpty();
        assertThat(tab.text("#backtest-note")).contains("numbers before");
        tab.until("['#badge', '#reason', '#events', '#backtest', '.ticker .badge']"
                + ".every((each) => document.querySelector(each).dataset.old === 'true')");
        assertThat(Axe.graveFaults(tab)).isEmpty();

        enter("fast", "5", tab);
        tab.until("!document.querySelector('[data-old=true]')");
        assertThat(tab.run("document.querySelector('#parameter-fast-problem')").isNull())
                .isTrue();
        assertThat(tab.box("#refused").path("width").asInt()).isZero();
    }

    @Test
    void saysBesideAFieldThatItIsNoNumberAndKeepsTheRest(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);
        tab.open(stage.page("?ticker=SPY&i="));
        tab.until(DRAWN);
        String address = tab.run("location.search").asString();

        enter("slow", "", tab);
        tab.untilText("#parameter-slow-problem", "Expected: a whole number from 1 to 1000");

        assertThat(tab.run("location.search").asString()).isEqualTo(address);
        assertThat(tab.run("document.querySelector('[data-old=true]')").isNull())
                .isTrue();
    }

    @Test
    void showsNoSignalIfTheFirstNumbersAreRefused(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);
        tab.open(stage.page("?ticker=SPY&i=&p.fast=40"));
        tab.untilText("#legend", "sma:40");
        tab.until("!document.querySelector('#refused').hidden");

        assertThat(tab.run("document.querySelector('#badge').hidden").asBoolean())
                .isTrue();
        assertThat(tab.text("#reason") + tab.text("#event-rows") + tab.text("#event-count"))
                .isEmpty();
        assertThat(tab.run("document.querySelector('#chart').ariaLabel").asString())
                .startsWith("SPY: 300 bars")
                .doesNotContain("sma-cross");
        tab.run("document.querySelector('#chart').focus()");
        tab.press("ArrowLeft");
        tab.until("document.querySelector('#chart-reading').textContent.startsWith('2020-10-25')");
    }

    private static void enter(String parameter, String value, Tab tab) {
        tab.run("""
                (() => {
                  const field = document.querySelector('#parameter-%s');
                  field.value = '%s';
                  field.dispatchEvent(new Event('change'));
                })()""".formatted(parameter, value));
    }

    @Test
    void drawsBarsWithALegendThoughTheAddressAsksForAnImpossibleSignal(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);

        tab.open(stage.page("?ticker=SPY&p.fast=40&p.slow=30"));
        tab.until("!document.querySelector('#refused').hidden");

        tab.until(DRAWN);
        tab.untilText("#price", ".");
    }

    @Test
    void saysNothingOfTheTickerBeforeWhileThereIsNoOther(Stage stage, Tab tab) {
        stage.with(1).store("A", WALK).store("B", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);
        tab.until("document.querySelectorAll('.ticker').length === 2");
        tab.run("document.querySelector('#chart').focus()");
        tab.press("ArrowLeft");
        tab.until("document.querySelector('#chart-reading').textContent.startsWith('2020-10-25')");

        tab.block("*/api/v1/bars/*");
        tab.click("[data-ticker=B]");
        tab.untilText("#chart-state", "signal-service does not answer");

        assertThat(tab.run("document.querySelector('#chart').ariaLabel").asString())
                .startsWith("B")
                .doesNotContain("last close");
        assertThat(tab.text("#source")).isEmpty();
        assertThat(tab.run("document.querySelector('#chart-reading').textContent")
                        .asString())
                .isEmpty();
    }

    @Test
    void waitsForTheListOfTickersRatherThanCallingItEmpty(Stage stage, Tab tab) {
        CountDownLatch go = new CountDownLatch(1);
        stage.with(1).store("SPY", WALK);
        stage.replicas().getFirst().beforeEachAnswer(() -> awaitUninterrupted(go));

        tab.open(stage.page("?ticker=SPY"));
        tab.untilText("#chart-state", "Loading SPY");

        assertThat(tab.text("#ticker-state")).isEqualTo("Loading");
        go.countDown();
        tab.until("document.querySelector('[data-ticker=SPY]')");
    }

    @Test
    void doesNotTakeAnOutageForEmptiness(Stage stage, Tab tab) {
        FakeStockService replica = stage.with(1).store("SPY", WALK).replicas().getFirst();
        replica.cutConnections(true);

        tab.open(stage.page(""));
        tab.until("document.querySelector('#chart-state h3').innerText !== 'Loading'");
        tab.run("document.querySelector('#ticker-filter').dispatchEvent(new Event('input'))");

        assertThat(tab.text("#chart-state")).contains("stock-service").doesNotContain("Import");
        assertThat(tab.text("#ticker-state")).contains("stock-service").doesNotContain("No quotes");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        replica.cutConnections(false);
        tab.until(DRAWN);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
