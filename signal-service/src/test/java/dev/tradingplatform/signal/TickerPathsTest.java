package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Tickers as exchanges write them, from the path of a request to the path of the call to stock-service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TickerPathsTest {

    private final FakeStockService stockService = new FakeStockService();
    private final Platform platform = Platform.with(List.of(stockService));

    @BeforeEach
    void forget() {
        stockService.reset();
    }

    @AfterAll
    void close() {
        platform.close();
    }

    @ParameterizedTest
    @CsvSource({
        "BRK.B, brk.b, BRK.B",
        "BTC-USD, btc-usd, BTC-USD",
        "EURUSD=X, EURUSD%3DX, EURUSD=X",
        "^GSPC, %5EGSPC, %5EGSPC",
        "M&M.NS, M%26M.NS, M&M.NS",
        "BTC/USDT, btc%2Fusdt, BTC%2FUSDT"
    })
    void passesTickersOnAsExchangesWriteThem(String ticker, String inUrl, String atStockService) {
        stockService.store(ticker, SampleBars.randomWalk(1, 100), 1);
        stockService.pageSize(60);

        HttpResponse<String> signal = platform.get("signals/" + inUrl);
        HttpResponse<String> imported = platform.send(
                platform.request("imports/" + inUrl)
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString("Date,Open,High,Low,Close,Volume\n"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(signal.statusCode()).as(signal.body()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(signal.body()).at("/ticker").asString())
                .isEqualTo(ticker);
        assertThat(imported.statusCode()).isEqualTo(200);
        assertThat(decoded(stockService.imports().getFirst().uri()))
                .isEqualTo(decoded("/api/v1/data/" + atStockService));
        assertThat(stockService.imports().getFirst().uri()).doesNotContain("BTC/USDT", "^");
    }

    @Test
    void deletionOfThePageIsRefusedWithAProblem() {
        assertThat(raw("DELETE", "/"))
                .startsWith("HTTP/1.1 405")
                .contains("application/problem+json", "urn:problem:method-not-allowed");
    }

    @Test
    void servesACaretThatTheClientDidNotEncode() {
        stockService.store("^GSPC", SampleBars.randomWalk(1, 100), 1);

        assertThat(raw("/api/v1/signals/^GSPC")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/signals/q%C4%B1x, 400",
        "/api/v1/signals/%C5%BFpy, 400",
        "/api/v1/signals/A%2F..%2FB, 400",
        "/api/v1/signals/QX%2FUSD, 404",
        "/api/v1/signals/QX%5CUSD, 400",
        "/api/v1/signals/QX%00, 400",
        "/api/v1/signals/QX|, 400",
        "/api/v1/signals/QX%, 400",
        "/api/v1/signals/QX;v=1, 404"
    })
    void answersEveryOddPathWithAProblemDetail(String path, int status) {
        assertThat(raw(path))
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/problem+json")
                .doesNotContain("<html", "<!doctype");
    }

    private static String decoded(String path) {
        return path.replace("%26", "&").replace("%3D", "=");
    }

    /** Sends a path that no HTTP client would send. */
    private String raw(String path) {
        return raw("GET", path);
    }

    private String raw(String method, String path) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
