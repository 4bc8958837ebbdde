package dev.tradingplatform.stock.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

class WriteAccessTest {

    private static final String SECRET = "a secret that is long enough for HS256";
    private static final String PATH = "/api/v1/data/A/2024-01-02";
    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";

    private static String token(String secret, Duration ago) {
        Instant issued = Instant.now().minus(ago);
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .subject("importer")
                .issuedAt(issued)
                .expiresAt(issued.plus(Duration.ofMinutes(5)))
                .build();
        return "Bearer "
                + new NimbusJwtEncoder(new ImmutableSecret<>(secret.getBytes(StandardCharsets.UTF_8)))
                        .encode(JwtEncoderParameters.from(
                                JwsHeader.with(MacAlgorithm.HS256).build(), claims))
                        .getTokenValue();
    }

    @Test
    void letsOnlyThoseWriteWhoBringAGoodToken(@TempDir Path directory) {
        try (StockServer server = StockServer.on(directory.resolve("stock.db"), "--stock.auth.secret=" + SECRET)) {
            Answer none = server.calls().put(PATH, BAR);
            assertThat(none.status()).isEqualTo(401);
            assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(none.text("/type")).isEqualTo("urn:problem:unauthorized");
            assertThat(none.text("/detail")).contains("Authorization", "expected: Bearer and a token");

            String foreign = token("another secret that is long enough, too", Duration.ZERO);
            assertThat(server.calls().put(PATH, BAR, "Authorization", foreign).status())
                    .isEqualTo(401);
            String expired = token(SECRET, Duration.ofHours(1));
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

            String good = token(SECRET, Duration.ZERO);
            assertThat(server.calls().put(PATH, BAR, "Authorization", good).status())
                    .isEqualTo(201);
            assertThat(server.calls().get("/api/v1/data/A").status())
                    .as("reads stay open")
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesASecretThatIsTooShortAndTwoWaysAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings("", "", "short"))
                .withMessage("stock.auth.secret: has 5 bytes (expected: 32 or more)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthSettings("https://issuer.example", "", SECRET))
                .withMessageContaining("expected: one of them");
    }
}
