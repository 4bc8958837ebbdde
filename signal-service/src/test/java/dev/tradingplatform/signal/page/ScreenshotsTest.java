package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the README files, always of the same quotes: {@code target/page-light.png},
 * {@code page-phone.png}, and {@code page-dark.png} on which one replica has just been killed. To refresh those in
 * {@code docs}, copy them there.
 */
@InBrowser
class ScreenshotsTest {

    private static final Path TARGET = Path.of("target");
    private static final String QUERY = "?ticker=TICKER_1&strategy=sma-cross&b.commission=0.001&i=rsi:14";
    private static final int TICKERS = 9;
    private static final long LARGEST = 200_000;

    @Test
    void takesThePicturesOfTheReadme(Stage stage, Tab tab) throws IOException {
        stage.with(3);
        for (int i = 1; i <= TICKERS; i++) {
            stage.store("TICKER_" + i, DemoBars.of(i, 500));
        }
        tab.prefer("light");
        tab.size(390, 1200);
        take("phone", stage, tab);
        tab.size(1280, 1220);
        take("light", stage, tab);
        stage.kill(1);
        tab.prefer("dark");
        tab.untilText("#pulse", "2 of 3");
        take("dark", stage, tab);
    }

    private static void take(String name, Stage stage, Tab tab) throws IOException {
        tab.open(stage.page(QUERY));
        tab.untilText("#legend", "rsi:14");
        tab.until("document.querySelector('#tiles').children.length > 0 && document.fonts.status === 'loaded'");
        tab.until("document.querySelectorAll('.ticker .badge:not([hidden])').length === " + TICKERS);
        tab.until("[...document.querySelectorAll('.card')].some(card => card.dataset.serving === 'true')");

        Path picture = Files.createDirectories(TARGET).resolve("page-" + name + ".png");
        tab.screen().write(picture);

        assertThat(picture.toFile().length()).as(name).isBetween(20_000L, LARGEST);
    }
}
