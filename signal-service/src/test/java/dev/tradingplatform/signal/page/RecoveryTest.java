package dev.tradingplatform.signal.page;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import org.junit.jupiter.api.Test;

/** What failed once is right again as soon as it works, without anybody doing anything. */
@InBrowser
class RecoveryTest {

    private static final String CHOOSE_EMA_CROSS = """
            (() => {
              const strategy = document.querySelector('#strategy');
              strategy.value = 'ema-cross';
              strategy.dispatchEvent(new Event('change'));
            })()""";

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
}
