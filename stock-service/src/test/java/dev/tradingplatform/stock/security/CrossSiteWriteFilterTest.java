package dev.tradingplatform.stock.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.Assert;

/** Cross-site request forgery: a page of another site makes the browser of its visitor write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossSiteWriteFilterTest {

    private static final String FOREIGN = "https://evil.test";
    private static final String ROW = "timestamp,open,high,low,close,volume\n2024-01-02,1,2,1,2,3\n";

    @TempDir
    private static Path directory;

    private @Nullable StockServer server;

    @BeforeAll
    void start() {
        server = StockServer.on(directory.resolve("stock.db"), "--stock.security.allowed-hosts=quotes.example");
    }

    @AfterAll
    void stop() {
        running().close();
    }

    /** The types that a browser sends to another site without asking, and the others in case it is asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain",
                "text/csv",
                "application/json",
                "application/x-ndjson"
            })
    void refusesAnImportThatAPageOfAnotherSiteSendsInAnyContentType(String type) {
        Answer byOrigin =
                running().calls().call("POST", "/api/v1/data/CSRF", ROW, "Content-Type", type, "Origin", FOREIGN);
        Answer bySite = running()
                .calls()
                .call("POST", "/api/v1/data/CSRF", ROW, "Content-Type", type, "Sec-Fetch-Site", "cross-site");

        assertRefused(byOrigin, "Origin: " + FOREIGN);
        assertRefused(bySite, "Sec-Fetch-Site: cross-site");
        assertThat(running().calls().get("/api/v1/data/CSRF").status())
                .as("nothing was written")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/data/CSRF/2024-01-02",
        "DELETE, /api/v1/data/CSRF?all=true",
        "PUT, /api/v1/data/CSRF/splits",
        "POST, /api/v1/data",
        "POST, /actuator/backup",
        "PATCH, /nothing"
    })
    void refusesEveryOtherWriteOfAnotherSite(String method, String path) throws IOException {
        assertRefused(running().calls().call(method, path, "", "Origin", FOREIGN), FOREIGN);
        assertRefused(running().calls().call(method, path, "", "Origin", "null"), "null");
        assertRefused(running().calls().call(method, path, "", "Sec-Fetch-Site", "same-site"), "same-site");
        assertRefused(running().calls().call(method, path, "", "Origin", "http://127.0.0.1:1"), "http://127.0.0.1:1");
        assertThat(Files.exists(directory.resolve("backups"))).as("no copy").isFalse();
    }

    @Test
    void acceptsWritesOfItsOwnPagesOfTheUserAndOfTools() {
        String own = "http://127.0.0.1:" + running().port();

        assertWritten("Origin", own);
        assertWritten("Origin", own, "Sec-Fetch-Site", "same-origin");
        assertWritten("Sec-Fetch-Site", "none");
        assertWritten("User-Agent", "curl/8");
    }

    @Test
    void acceptsWritesOfPagesBehindAProxyWithAConfiguredName() {
        assertWritten("Origin", "https://quotes.example", "Sec-Fetch-Site", "same-origin");
    }

    @Test
    void letsPagesOfOtherSitesReadNoMoreThanTheBrowserDoes() {
        Answer read = running().calls().get("/api/v1/tickers", "Origin", FOREIGN, "Sec-Fetch-Site", "cross-site");

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(read.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    private void assertWritten(String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "text/csv";
        assertThat(running().calls().call("POST", "/api/v1/data/OWN", ROW, all).status())
                .isEqualTo(200);
    }

    private static void assertRefused(Answer answer, String why) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("/type")).isEqualTo("urn:problem:cross-site-write");
        assertThat(answer.text("/detail")).contains(why);
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }
}
