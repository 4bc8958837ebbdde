package dev.tradingplatform.stock.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import dev.tradingplatform.stock.testing.Tokens;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.Assert;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserHeadersTest {

    private static final String SECRET = "a secret that is long enough for HS256";

    private @Nullable StockServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = StockServer.on(directory.resolve("stock.db"), "--stock.auth.secret=" + SECRET);
    }

    @AfterAll
    void stop() {
        running().close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /api/v1/tickers, 200",
        "GET, /api/v1/data/NONE, 404",
        "GET, /nothing, 404",
        "GET, /api/v1/data/A;v=1, 400",
        "PUT, /api/v1/data/A/2024-01-02, 401",
        "GET, /actuator/health, 200"
    })
    void areInEachResponseAndInEachRefusal(String method, String path, int status) {
        Answer answer = running().calls().call(method, path, "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.response().headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-inline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/data/BRK.B", "/api/v1/data/BRK.B?format=csv", "/api/v1/data/BRK.B/splits"})
    void offerNoFileOfAnotherName(String path) {
        String token = Tokens.bearer(SECRET, Instant.now());
        Answer put = running()
                .calls()
                .put(
                        "/api/v1/data/BRK.B/2024-01-02",
                        "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}",
                        "Authorization",
                        token);

        Answer read = running().calls().get(path);

        assertThat(List.of(put.status(), read.status())).allMatch(status -> status < 300);
        assertThat(read.header("Content-Disposition")).isEqualTo("inline");
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }
}
