package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The page of the API, which is made from the OpenAPI document. */
@InBrowser
class DocsPageTest {

    @Test
    void footerLeadsToAPageWithEveryOperationAndItsParameters(Stage stage, Tab tab) {
        stage.with(1);
        tab.open(stage.page(""));

        tab.run("window.old = true");
        tab.run("document.querySelector('footer a[href=\"docs.html\"]').click()");
        tab.until("!window.old && document.querySelectorAll('details').length > 9");
        assertThat(tab.text("#operations"))
                .contains(
                        "GET /api/v1/signals/{ticker}",
                        "POST /api/v1/imports/{ticker}",
                        "GET /api/v1/discovery/stream");
        tab.click("summary");

        tab.untilText("details[open]", "fast");
        assertThat(tab.text("details[open]")).contains("integer from 1 to 1000", "400", "503");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        assertThat(tab.complaints()).isEmpty();
    }
}
