package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What failed once is right again as soon as it works, without anybody doing anything. */
@InBrowser
class RecoveryTest {

    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";
    private static final String CHOOSE_EMA_CROSS = """
            (() => {
              const strategy = document.querySelector('#strategy');
              strategy.value = 'ema-cross';
              strategy.dispatchEvent(new Event('change'));
            })()""";

    @Test
    void takesBackWhatItSaidOfAFailureThatIsOver(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300));
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);

        tab.block("*/api/v1/signals/*");
        tab.untilText(
                "#refused", "signal-service does not answer. It may be starting or stopped. This page keeps trying");
        tab.block();

        tab.until("document.querySelector('#refused').hidden");
    }

    @Test
    void drawsAChoiceThatCouldNotBeAnsweredWhenItWasMade(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300));
        tab.open(stage.page("?ticker=A&i="));
        tab.until(DRAWN);

        tab.block("*/api/v1/bars/*");
        tab.run(CHOOSE_EMA_CROSS);
        tab.untilText("#refused", "This page keeps trying");
        tab.block();

        tab.untilText("#legend", "ema:");
        tab.until("document.querySelector('#refused').hidden");
        assertThat(tab.text("#reason")).contains("EMA");
    }

    @Test
    void showsATickerWhoseLoadFailedAfterAControlWasChangedMeanwhile(Stage stage, Tab tab) {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FakeStockService replica = stage.with(1)
                .store("A", SampleBars.randomWalk(1, 300))
                .store("B", SampleBars.randomWalk(2, 300))
                .replicas()
                .getFirst();
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);
        tab.until("document.querySelector('[data-ticker=B] .badge:not([hidden])')");

        replica.beforeEachAnswer(() -> {
            asked.countDown();
            awaitUninterrupted(go);
        });
        tab.click("[data-ticker=B]");
        tab.untilText("#chart-state", "Loading B");
        awaitUninterrupted(asked);
        tab.block("*/api/v1/bars/*");
        tab.click("[data-key='ema:20']");
        go.countDown();
        tab.until("document.body.innerText.includes('This page keeps trying')");
        tab.block();

        tab.untilText("#legend", "ema:20");
        tab.until("document.querySelector('#chart-state').hidden");
        tab.until(
                "document.querySelector('#tiles').children.length > 0 && document.querySelector('#backtest-state').hidden");
    }

    @Test
    void asksAgainForWhateverWasMissing(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300));
        tab.block("*/api/v1/backtests/*", "*/api/v1/indicators/A*");
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);
        tab.untilText("#backtest-state", "signal-service does not answer");
        tab.untilText("#refused", "This page keeps trying");

        tab.block();

        tab.until("document.querySelector('#tiles').children.length > 0");
        tab.untilText("#legend", "rsi:14");
        tab.until("document.querySelector('#refused').hidden");
    }

    @Test
    void asksAgainWhereNoAnswerEverComes(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300));
        // As a connection whose other end has vanished without a word; and half a second for half a minute
        tab.prepare("""
                const ask = window.fetch;
                const timeout = AbortSignal.timeout;
                window.vanished = true;
                window.fetch = (address, options) => vanished && address.includes('/bars/')
                  ? new Promise((_, reject) => options.signal?.addEventListener('abort', () => reject(options.signal.reason)))
                  : ask(address, options);
                AbortSignal.timeout = () => timeout.call(AbortSignal, 500);""");
        tab.open(stage.page("?ticker=A"));
        tab.untilText("#chart-state", "signal-service does not answer");

        tab.run("window.vanished = false");

        tab.until(DRAWN);
    }

    @Test
    void asksAgainForTheSignalsOfTickersThatFailed(Stage stage, Tab tab) {
        FakeStockService replica = stage.with(1)
                .store("A", SampleBars.randomWalk(1, 300))
                .store("B", SampleBars.randomWalk(2, 300))
                .replicas()
                .getFirst();
        replica.beforeEachPage(() -> {
            throw new IllegalStateException("breaks off");
        });
        tab.open(stage.page("?ticker=A"));
        tab.until("document.querySelector('[data-ticker=B] .badge').dataset.kind === 'ERROR'");

        replica.beforeEachPage(() -> {});

        tab.until("/LONG|FLAT|BUY|SELL/.test(document.querySelector('[data-ticker=B] .badge').dataset.kind)");
    }

    @Test
    void showsNoSignalOfAnotherStrategyAndAsksAgainWhereNoneCame(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300)).store("B", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=A"));
        tab.until("document.querySelector('[data-ticker=B] .badge:not([hidden])')");

        tab.block("*tickers=*");
        tab.run(CHOOSE_EMA_CROSS);
        tab.until("document.querySelector('[data-ticker=B] .badge').hidden");
        tab.block();

        tab.until("!document.querySelector('[data-ticker=B] .badge').hidden");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
