package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the README: {@code target/page-light.png}, {@code page-dark.png} and {@code page-phone.png}. To
 * refresh those, copy them to {@code docs}.
 */
@InBrowser
class ScreenshotsTest {

    private static final Path TARGET = Path.of("target");
    private static final String QUERY = "?ticker=TICKER_1&strategy=sma-cross&b.commission=0.001&i=rsi:14";
    private static final long LARGEST = 200_000;

    @Test
    void takesThePicturesOfTheReadme(Stage stage, Tab tab) throws IOException {
        stage.with(3);
        for (int i = 1; i <= 9; i++) {
            stage.store("TICKER_" + i, DemoBars.of(i, 500));
        }
        Files.createDirectories(TARGET);
        String[] schemes = {"light", "dark", "phone"};
        for (String scheme : schemes) {
            tab.prefer("phone".equals(scheme) ? "light" : scheme);
            tab.size("phone".equals(scheme) ? 390 : 1280, "phone".equals(scheme) ? 1200 : 1150);
            tab.open(stage.page(QUERY));
            tab.until("document.querySelector('#legend').innerText.includes('rsi:14')");
            tab.until("document.querySelector('#tiles').children.length > 0 && document.fonts.status === 'loaded'");
            tab.until("document.querySelectorAll('.ticker .badge:not([hidden])').length === 9");
            tab.until("[...document.querySelectorAll('.card')].some(card => card.dataset.serving === 'true')");
            Path picture = TARGET.resolve("page-" + scheme + ".png");
            tab.screen().write(picture);

            assertThat(picture.toFile().length()).as(scheme).isBetween(20_000L, LARGEST);
        }
    }
}
