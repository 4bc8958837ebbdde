package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The page's files: complete, and calling nobody. */
class PageTest {

    private static final Pattern REFERENCE =
            Pattern.compile("(?:href=\"|src=\"|from '|import ')((?:\\.\\.?/)?[\\w./-]+\\.(?:css|js|mjs|svg))[\"']");
    private static final Pattern ELEMENT = Pattern.compile("byId\\('([\\w-]+)'\\)");

    @Test
    void everyFileThatIsLoadedIsThere() throws IOException {
        assertThat(loaded())
                .hasSizeGreaterThan(12)
                .allSatisfy(path -> assertThat(resource(path).exists()).as(path).isTrue());
    }

    @Test
    void everyElementThatScriptsReachForIsInThePage() throws IOException {
        String page = text("index.html");

        for (String path : loaded()) {
            if (path.startsWith("js/")) {
                assertThat(ELEMENT.matcher(text(path)).results().map(found -> found.group(1)))
                        .as(path)
                        .allSatisfy(id -> assertThat(page).contains("id=\"" + id + "\""));
            }
        }
    }

    @Test
    void nothingIsLoadedFromAnotherHost() throws IOException {
        assertThat(text("index.html"))
                .contains("default-src 'self'")
                .doesNotContainPattern("(src|rel=\"[a-z ]+\" href)=\"(https?:)?//");
        for (String path : loaded()) {
            if (path.startsWith("js/") || path.startsWith("css/")) {
                assertThat(text(path)).as(path).doesNotContain("https://", "//cdn");
            }
        }
    }

    @Test
    void chartLibraryAndFontComeWithLicenceAndNotice() throws IOException {
        assertThat(text("vendor/inter/LICENSE")).contains("SIL Open Font License, Version 1.1");
        assertThat(text("vendor/inter/NOTICE")).contains("The Inter Project Authors");
        assertThat(text("css/base.css")).contains("vendor/inter/inter-latin.woff2");
        assertThat(resource("vendor/inter/inter-latin.woff2").exists()).isTrue();
        assertThat(text("vendor/lightweight-charts/LICENSE")).contains("Apache License");
        assertThat(text("vendor/lightweight-charts/NOTICE")).contains("TradingView, Inc.");
        assertThat(text("js/chart.js")).contains("attributionLogo: true");
        assertThat(text("index.html")).contains("href=\"https://www.tradingview.com/\"");
    }

    /** Follows the page's references and those of its scripts. */
    private static Set<String> loaded() throws IOException {
        Set<String> found = new TreeSet<>();
        Deque<String> unread = new ArrayDeque<>();
        unread.add("index.html");
        while (!unread.isEmpty()) {
            String path = unread.remove();
            if (path.startsWith("vendor/") || !resource(path).exists()) {
                continue;
            }
            for (MatchResult reference : REFERENCE.matcher(text(path)).results().toList()) {
                String target = URI.create(path).resolve(reference.group(1)).toString();
                if (found.add(target)) {
                    unread.add(target);
                }
            }
        }
        return found;
    }

    private static String text(String path) throws IOException {
        return resource(path).getContentAsString(StandardCharsets.UTF_8);
    }

    private static ClassPathResource resource(String path) {
        return new ClassPathResource("static/" + path);
    }
}
