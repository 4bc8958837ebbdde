package dev.tradingplatform.stock.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.RawClient;
import dev.tradingplatform.stock.testing.StockServer;
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

/** DNS rebinding: the owner of a page makes its name point to this service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostFilterTest {

    private @Nullable StockServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = StockServer.on(
                directory.resolve("stock.db"), "--stock.security.allowed-hosts=quotes.example,.internal.example");
    }

    @AfterAll
    void stop() {
        running().close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.1.101:8080",
                "[::1]:8080",
                "localhost",
                "LOCALHOST:8080",
                "localhost.",
                "stock.localhost",
                "stock-service",
                "stock-service.trading-platform.local",
                "Stock-Service.trading-platform.local.:80",
                "i-0abc.stock-service.trading-platform.local",
                "quotes.example:443",
                "a.b.internal.example"
            })
    void answersUnderItsOwnNamesAndAddresses(String host) {
        assertThat(answer("GET", "/api/v1/tickers", host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/tickers, evil.test:8080",
        "GET, /, evil.test",
        "DELETE, /api/v1/data/GOOG?all=true, evil2.test:8080",
        "POST, /api/v1/data, evil.test",
        "POST, /actuator/backup, evil.test",
        "GET, /actuator/metrics, evil.test",
        "OPTIONS, /api/v1/data, evil.test",
        "GET, /nothing, evil.test",
        "GET, /api/v1/tickers, stock-service.evil.test",
        "GET, /api/v1/tickers, localhost.evil.test",
        "GET, /api/v1/tickers, 127.0.0.1.evil.test",
        "GET, /api/v1/tickers, evilquotes.example",
        "GET, /api/v1/tickers, internal.example"
    })
    void refusesNamesThatPointToItWithoutBeingItsOwn(String method, String path, String host) {
        assertThat(answer(method, path, host))
                .startsWith("HTTP/1.1 421")
                .contains("Content-Type: application/problem+json", "urn:problem:misdirected-request")
                .contains("stock.security.allowed-hosts", "X-Content-Type-Options: nosniff");
    }

    @Test
    void readsTheHostOfAnAbsoluteTargetToo() {
        assertThat(answer("GET", "http://evil.test/api/v1/tickers", "evil.test"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void answersRequestsOfHttp10WithoutAHost() {
        try (RawClient client = new RawClient(running().port())) {
            assertThat(client.send("GET /api/v1/tickers HTTP/1.0\r\n\r\n").answer())
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void answersEveryHostIfTheSettingSaysSo(@TempDir Path directory) {
        try (StockServer open = StockServer.on(directory.resolve("stock.db"), "--stock.security.allowed-hosts=*")) {
            assertThat(answer(open.port(), "GET", "/api/v1/tickers", "any.example"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    private String answer(String method, String path, String host) {
        return answer(running().port(), method, path, host);
    }

    private static String answer(int port, String method, String path, String host) {
        try (RawClient client = new RawClient(port)) {
            return client.send("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, path, host))
                    .answer();
        }
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }
}
