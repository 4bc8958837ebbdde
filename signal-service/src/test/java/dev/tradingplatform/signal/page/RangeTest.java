package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The part of the bars that is in view: ranges, zoom, and the URL. */
@InBrowser
class RangeTest {

    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";
    private static final String PRESSED =
            "[...document.querySelectorAll('.range[aria-pressed=true]')].map((each) => each.innerText).join()";

    /** From 2020-01-01 to 2020-10-26. */
    private static final Bars WALK = SampleBars.randomWalk(1, 300);

    @Test
    void buttonsShowAPeriodThatALinkRepeats(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);
        tab.open(stage.page("?ticker=SPY&i="));
        tab.until(DRAWN);
        assertThat(tab.text("#period")).isEqualTo("2020-04-30 – 2020-10-26");

        Map<String, String> firstDays = Map.of(
                "1m", "2020-09-26", "3m", "2020-07-26", "6m", "2020-04-26", "ytd", "2020-01-01", "1y", "2020-01-01");
        firstDays.forEach((range, day) -> {
            tab.click("[data-range='%s']".formatted(range));
            tab.untilText("#period", day + " – 2020-10-26");
            assertThat(tab.run("location.search").asString()).contains("range=" + range);
        });
        tab.click("[data-range='3m']");
        tab.untilText("#period", "2020-07-26");
        tab.reload();

        tab.untilText("#period", "2020-07-26 – 2020-10-26");
        assertThat(tab.run(PRESSED).asString()).isEqualTo("3M");
        assertThat(Axe.graveFaults(tab)).isEmpty();
    }

    @Test
    void backButtonRestoresTickerAndRange(Stage stage, Tab tab) {
        stage.with(1).store("A", WALK).store("B", WALK);
        tab.open(stage.page("?ticker=A&i=&range=1m"));
        tab.untilText("#period", "2020-09-26 – 2020-10-26");
        tab.until("document.querySelectorAll('.ticker').length === 2");

        tab.click("[data-ticker=B]");
        tab.untilText("#ticker-name", "B");
        tab.untilText("#period", "2020-09-26 – 2020-10-26");
        tab.click("[data-range=all]");
        tab.untilText("#period", "2020-01-01 – 2020-10-26");
        tab.run("history.back()");

        tab.untilText("#ticker-name", "A");
        tab.untilText("#period", "2020-09-26 – 2020-10-26");
        assertThat(tab.run(PRESSED).asString()).isEqualTo("1M");
        assertThat(tab.run("location.search").asString()).contains("range=1m");
    }

    @Test
    void doubleClickShowsAllBars(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);
        tab.open(stage.page("?ticker=SPY&i=&range=1m"));
        tab.untilText("#period", "2020-09-26");

        for (int count : new int[] {1, 2}) {
            mouse(tab, "mousePressed", Map.of("button", "left", "clickCount", count));
            mouse(tab, "mouseReleased", Map.of("button", "left", "clickCount", count));
        }

        tab.untilText("#period", "2020-01-01 – 2020-10-26");
        assertThat(tab.run(PRESSED).asString()).isEqualTo("All");
    }

    @Test
    void barsFillTheChartHoweverFarItIsZoomedOutAndMoved(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);
        tab.open(stage.page("?ticker=SPY&i=&range=1m"));
        tab.untilText("#period", "2020-09-26");

        for (int i = 0; i < 40; i++) {
            mouse(tab, "mouseWheel", Map.of("deltaX", 0, "deltaY", 400));
        }
        tab.untilText("#period", "2020-01-01 – 2020-10-26");
        assertThat(tab.run(PRESSED).asString()).isEmpty();
        assertThat(tab.run("location.search").asString()).doesNotContain("range");
        for (int i = 0; i < 10; i++) {
            mouse(tab, "mouseWheel", Map.of("deltaX", 2000, "deltaY", 0));
        }

        assertThat(tab.text("#period")).isEqualTo("2020-01-01 – 2020-10-26");
    }

    @Test
    void swipeOnTheChartScrollsThePageOnAPhone(Stage stage, Tab tab) {
        stage.with(1).store("SPY", WALK);
        tab.size(390, 844);
        tab.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
        tab.open(stage.page("?ticker=SPY"));
        tab.until(DRAWN);
        tab.run("document.querySelector('#chart').scrollIntoView({ block: 'center' })");
        double before = tab.run("scrollY").asDouble();

        JsonNode chart = tab.box("#chart");
        double x = chart.path("x").asDouble() + 100;
        double y = chart.path("y").asDouble() + chart.path("height").asDouble() / 2;
        touch(tab, "touchStart", List.of(Map.of("x", x, "y", y)));
        for (int i = 1; i <= 12; i++) {
            touch(tab, "touchMove", List.of(Map.of("x", x, "y", y - 25 * i)));
        }
        touch(tab, "touchEnd", List.of());

        tab.until("scrollY > " + (before + 200));
    }

    private static void touch(Tab tab, String type, List<Map<String, Double>> points) {
        tab.call("Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
    }

    private static void mouse(Tab tab, String type, Map<String, ?> parameters) {
        JsonNode chart = tab.box("#chart");
        Map<String, Object> event = new HashMap<>(parameters);
        event.put("type", type);
        event.put("x", chart.path("x").asDouble() + 300);
        event.put("y", chart.path("y").asDouble() + 100);
        tab.call("Input.dispatchMouseEvent", event);
    }
}
