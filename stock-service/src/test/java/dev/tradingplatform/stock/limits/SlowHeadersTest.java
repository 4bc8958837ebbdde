package dev.tradingplatform.stock.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.RawClient;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.Assert;

/** Clients that begin a request and do not get on with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowHeadersTest {

    private static final String WHOLE = "GET /api/v1/tickers HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private @Nullable StockServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = StockServer.on(directory.resolve("stock.db"), "--server.tomcat.connection-timeout=3s");
    }

    @AfterAll
    void stop() {
        running().close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/tick",
                "GET /api/v1/tickers HTTP/1.1\r\n",
                "GET /api/v1/tickers HTTP/1.1\r\nHost: localhost\r\nX-Half: a"
            })
    void answers408ToARequestThatBeginsAndDoesNotGoOn(String beginning) {
        try (RawClient client = new RawClient(running().port())) {
            assertThat(client.send(beginning).answer())
                    .startsWith("HTTP/1.1 408")
                    .contains("X-Served-By: test", "Discovery-Service: stock-service", "Connection: close")
                    .contains("Content-Type: application/problem+json", "urn:problem:request-timeout");
        }
    }

    @Test
    void answers408ToAHeaderThatComesByteByByteWithoutEnd() {
        try (RawClient client = new RawClient(running().port())) {
            client.send("GET /api/v1/tickers HTTP/1.1\r\nHost: localhost\r\nX-Drip: ");
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(client::line);

            while (!answer.isDone()) {
                drip(client, answer);
            }

            assertThat(answer.join()).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void answers408ToTheSecondRequestOfAConnectionJustAsToTheFirst() {
        try (RawClient client = new RawClient(running().port())) {
            client.send(WHOLE);
            assertThat(client.line()).startsWith("HTTP/1.1 200");

            client.send("GET /api/v1/ti");

            assertThat(client.answer()).contains("HTTP/1.1 408");
        }
    }

    @Test
    void closesAConnectionOnWhichNothingBeganWithoutAWord() {
        try (RawClient client = new RawClient(running().port())) {
            assertThat(client.answer()).isEmpty();
        }
    }

    private static void drip(RawClient client, CompletableFuture<String> answer) {
        try {
            answer.copy().orTimeout(100, TimeUnit.MILLISECONDS).join();
        } catch (RuntimeException _) {
            // No answer yet: another byte.
        }
        if (!answer.isDone()) {
            client.send("a");
        }
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }
}
