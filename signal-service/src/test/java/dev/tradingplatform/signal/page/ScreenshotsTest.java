package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
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
    private static final String QUERY = "?ticker=TICKER_1&strategy=sma-cross&b.commission=0.001&i=bbands:20:2,rsi:14";
    private static final int LARGEST = 200_000;

    @Test
    void takesThePicturesOfTheReadme(Platform platform, Tab tab) throws IOException {
        platform.with(3);
        for (int i = 1; i <= 9; i++) {
            platform.store("TICKER_" + i, SampleBars.randomWalk(i + 40L, 500));
        }
        Files.createDirectories(TARGET);
        String[] schemes = {"light", "dark", "phone"};
        for (String scheme : schemes) {
            tab.prefer("phone".equals(scheme) ? "light" : scheme);
            tab.size("phone".equals(scheme) ? 390 : 1440, "phone".equals(scheme) ? 844 : 1000);
            tab.open(platform.page(QUERY));
            tab.until("document.querySelector('#legend').innerText.includes('rsi:14')");
            //TMP1
            //TMP2
            tab.until("[...document.querySelectorAll('.card')].some(card => card.dataset.serving === 'true')");
            byte[] picture = tab.screen().png();
            Files.write(TARGET.resolve("page-" + scheme + ".png"), picture);

            assertThat(picture).hasSizeLessThan(LARGEST);
        }
    }
}
