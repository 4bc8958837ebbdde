package dev.tradingplatform.stock.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import dev.tradingplatform.stock.testing.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteAccessTest {

    private static final String SECRET = "a secret that is long enough for HS256";
    private static final String PATH = "/api/v1/data/A/2024-01-02";
    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";

    @Test
    void letsOnlyThoseWriteWhoBringAGoodToken(@TempDir Path directory) {
        try (StockServer server = StockServer.on(directory.resolve("stock.db"), "--stock.auth.secret=" + SECRET)) {
            Answer none = server.calls().put(PATH, BAR);
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(none.text("/type")).isEqualTo("urn:problem:unauthorized");
            assertThat(none.text("/detail")).contains("Authorization", "expected: Bearer and a token");

            String foreign = Tokens.bearer("another secret that is long enough, too", Instant.now());
            assertThat(server.calls().put(PATH, BAR, "Authorization", foreign).status())
                    .isEqualTo(401);
            String expired = Tokens.bearer(SECRET, Instant.now().minus(Duration.ofHours(1)));
            assertThat(server.calls().put(PATH, BAR, "Authorization", expired).text("/detail"))
                    .contains("expired");
            assertThat(server.calls().call("DELETE", PATH, "").status()).isEqualTo(401);
            assertThat(server.calls()
                            .post("/actuator/backup", "application/json", "{}")
                            .status())
                    .isEqualTo(401);
            assertThat(server.calls().get("/api/v1/data/A").status())
                    .as("nothing was written")
                    .isEqualTo(404);

            String good = Tokens.bearer(SECRET, Instant.now());
            assertThat(server.calls().put(PATH, BAR, "Authorization", good).status())
                    .isEqualTo(201);
            assertThat(server.calls().get("/api/v1/data/A").status())
                    .as("reads stay open")
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesATokenThatNeverExpires(@TempDir Path directory) {
        try (StockServer server = StockServer.on(directory.resolve("stock.db"), "--stock.auth.secret=" + SECRET)) {
            String eternal = Tokens.bearer(SECRET, claims -> claims.issuedAt(Instant.now()));

            Answer refused = server.calls().put(PATH, BAR, "Authorization", eternal);

            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text("/detail")).contains("exp");
        }
    }

    @Test
    void writesOnlyWithATokenOfTheScopeIfOneIsSet(@TempDir Path directory) {
        try (StockServer server = StockServer.on(
                directory.resolve("stock.db"), "--stock.auth.secret=" + SECRET, "--stock.auth.scope=quotes.write")) {
            Answer none = server.calls().put(PATH, BAR, "Authorization", Tokens.scoped(SECRET, "quotes.read"));
            assertThat(none.status()).isEqualTo(403);
            assertThat(none.text("/type")).isEqualTo("urn:problem:insufficient-scope");
            assertThat(none.header("WWW-Authenticate"))
                    .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"quotes.write\"");
            assertThat(server.calls().put(PATH, BAR).status()).isEqualTo(401);

            assertThat(server.calls()
                            .put(PATH, BAR, "Authorization", Tokens.scoped(SECRET, "quotes.read quotes.write"))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings("", "", "short", ""))
                .withMessage("stock.auth.secret: has 5 bytes (expected: 32 or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings("https://issuer.example", "", SECRET, ""))
                .withMessageContaining("expected: one of them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings("id.example", "", "", ""))
                .withMessageContaining("expected: a URL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings("", "", "", "quotes.write"))
                .withMessageContaining("expected: also issuer or secret");
    }
}
