package dev.tradingplatform.stock.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.Eventually;
import dev.tradingplatform.stock.testing.FakeOpenIdProvider;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.Assert;

/** Tokens of an OpenID provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuerTest {

    private static final String PATH = "/api/v1/data/A/2024-01-02";
    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";
    private static final String AUDIENCE = "stock-service";
    private static final RSAKey RSA = FakeOpenIdProvider.rsa("rsa");
    private static final ECKey EC = FakeOpenIdProvider.ec("ec");

    private final FakeOpenIdProvider provider = new FakeOpenIdProvider(RSA, EC);
    private @Nullable StockServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = server(directory, provider);
    }

    @AfterAll
    void stop() {
        running().close();
        provider.close();
    }

    @Test
    void takesTokensThatTheProviderSignedWithAnyOfItsKeys() {
        assertThat(put(running(), RSA, claims(provider).build()).status()).isIn(200, 201);
        assertThat(put(running(), EC, claims(provider).build()).status()).isIn(200, 201);
    }

    @Test
    void takesAccessTokensByTheirOwnType() {
        String token = FakeOpenIdProvider.bearer(RSA, claims(provider).build(), "at+jwt");

        assertThat(running().calls().put(PATH, BAR, "Authorization", token).status())
                .isIn(200, 201);
    }

    @Test
    void refusesATokenThatHasExpired() {
        Date past = Date.from(Instant.now().minus(Duration.ofMinutes(10)));

        Answer answer = put(
                running(),
                RSA,
                claims(provider)
                        .issueTime(Date.from(past.toInstant().minusSeconds(300)))
                        .expirationTime(past)
                        .build());

        assertRefused(answer, "expired");
    }

    @Test
    void refusesATokenThatNeverExpires() {
        Answer answer =
                put(running(), RSA, claims(provider).expirationTime(null).build());

        assertRefused(answer, "exp");
    }

    @Test
    void refusesATokenOfAnotherIssuer() {
        Answer answer = put(
                running(), RSA, claims(provider).issuer("https://other.example").build());

        assertRefused(answer, "iss");
    }

    @Test
    void refusesATokenThatIsMeantForAnotherService() {
        Answer answer =
                put(running(), RSA, claims(provider).audience("other-service").build());

        assertRefused(answer, "aud");
    }

    @Test
    void refusesATokenSignedWithAnotherKeyOfTheSameName() {
        assertRefused(
                put(running(), FakeOpenIdProvider.rsa("rsa"), claims(provider).build()), "signature");
    }

    @Test
    void refusesATokenThatIsNoToken() {
        Answer answer = running().calls().put(PATH, BAR, "Authorization", "Bearer nonsense");

        assertRefused(answer, "Malformed token");
    }

    @Test
    void refusesATokenThatNobodySigned() {
        // {"alg":"none"} and an empty signature
        String none = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.";

        assertRefused(running().calls().put(PATH, BAR, "Authorization", "Bearer " + none), "algorithm");
    }

    @Test
    void takesTokensOfANewKeyAndGoesOnWithThoseItKnowsWhileTheProviderIsAway(@TempDir Path directory) {
        RSAKey next = FakeOpenIdProvider.rsa("next");
        try (FakeOpenIdProvider own = new FakeOpenIdProvider(RSA);
                StockServer other = server(directory, own)) {
            assertThat(put(other, RSA, claims(own).build()).status()).isEqualTo(201);

            own.publish(RSA, next);
            assertThat(put(other, next, claims(own).build()).status())
                    .as("a key published later")
                    .isEqualTo(200);

            own.goAway();
            assertThat(put(other, next, claims(own).build()).status()).isEqualTo(200);
            assertUnavailable(
                    put(other, FakeOpenIdProvider.rsa("unknown"), claims(own).build()));
        }
    }

    @Test
    void startsAndServesReadsWithoutTheProviderAndWritesAsSoonAsItIsThere(@TempDir Path directory) {
        try (FakeOpenIdProvider own = new FakeOpenIdProvider(RSA)) {
            own.goAway();
            try (StockServer early = server(directory, own)) {
                assertThat(early.calls().get("/api/v1/tickers").status()).isEqualTo(200);
                assertThat(early.calls().get("/actuator/health/readiness").status())
                        .isEqualTo(200);
                assertUnavailable(put(early, RSA, claims(own).build()));

                own.comeBack();

                Eventually.holds(
                        "it writes", () -> put(early, RSA, claims(own).build()).status() == 201);
            }
        }
    }

    @Test
    void readsNeedNoProviderEvenIfTheyBringAToken(@TempDir Path directory) {
        try (FakeOpenIdProvider own = new FakeOpenIdProvider(RSA)) {
            own.goAway();
            try (StockServer early = server(directory, own)) {
                String token = FakeOpenIdProvider.bearer(RSA, claims(own).build(), "JWT");

                assertThat(early.calls()
                                .get("/api/v1/tickers", "Authorization", token)
                                .status())
                        .isEqualTo(200);
                assertThat(early.calls()
                                .get("/api/v1/tickers", "Authorization", "Bearer nonsense")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void trustsNoProviderThatCallsItselfAnother(@TempDir Path directory) {
        try (FakeOpenIdProvider own = new FakeOpenIdProvider(RSA);
                StockServer misled = server(directory, own)) {
            own.callItself("https://other.example");

            assertUnavailable(put(misled, RSA, claims(own).build()));
        }
    }

    private static StockServer server(Path directory, FakeOpenIdProvider of) {
        return StockServer.on(
                directory.resolve("stock.db"),
                "--stock.auth.issuer=" + of.issuer(),
                "--stock.auth.audience=" + AUDIENCE);
    }

    private static JWTClaimsSet.Builder claims(FakeOpenIdProvider of) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(of.issuer())
                .subject("importer")
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
    }

    private static Answer put(StockServer to, JWK key, JWTClaimsSet claims) {
        return to.calls().put(PATH, BAR, "Authorization", FakeOpenIdProvider.bearer(key, claims, "JWT"));
    }

    private static void assertRefused(Answer answer, String why) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(answer.text("/type")).isEqualTo("urn:problem:unauthorized");
        assertThat(answer.text("/detail")).contains(why);
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.text("/type")).isEqualTo("urn:problem:authorization-unavailable");
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }
}
