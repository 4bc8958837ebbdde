package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The cards of the replicas, while replicas die. */
@InBrowser
class EndpointCardsTest {

    private static final String THREE_ACTIVE = "document.querySelectorAll('.card[data-state=ACTIVE]').length === 3";

    @Test
    void killedReplicasCardSaysSoWithinTwoSecondsAndTheChartGoesOn(Platform platform, Tab tab) {
        platform.with(3)
                .store("SPY", SampleBars.randomWalk(1, 300))
                .store("OTHER", SampleBars.randomWalk(2, 300));
        tab.open(platform.page("?ticker=SPY"));
        tab.until(THREE_ACTIVE);

        String dead = platform.kill(1);
        tab.until(
                "document.querySelector('.card[data-endpoint=\"%s\"]').dataset.state === 'EJECTED'".formatted(dead),
                Duration.ofSeconds(2));

        assertThat(tab.text("#pulse")).contains("2 of 3");
        assertThat(tab.text("[data-endpoint='%s']".formatted(dead))).contains("no connection");
        tab.click("[data-ticker=OTHER]");
        tab.untilText("#ticker-name", "OTHER");
        tab.until("document.querySelector('#legend').innerText.includes('C ')");
        assertThat(tab.box("#stale").path("width").asInt()).isZero();
        assertThat(tab.complaints()).isEmpty();
    }
}
