package dev.tradingplatform.stock.testing;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Makes tokens that are signed with a shared secret. */
public final class Tokens {

    private Tokens() {}

    /** Returns the value of the header Authorization with a token that is valid for five minutes from an instant. */
    public static String bearer(String secret, Instant issued) {
        return bearer(secret, claims -> claims.issuedAt(issued).expiresAt(issued.plus(Duration.ofMinutes(5))));
    }

    /** Returns the value of the header Authorization with a valid token of a scope. */
    public static String scoped(String secret, String scope) {
        Instant now = Instant.now();
        return bearer(
                secret,
                claims -> claims.issuedAt(now)
                        .expiresAt(now.plus(Duration.ofMinutes(5)))
                        .claim("scope", scope));
    }

    /** Returns the value of the header Authorization with a token of the given claims. */
    public static String bearer(String secret, Consumer<JwtClaimsSet.Builder> claims) {
        JwtClaimsSet.Builder builder = JwtClaimsSet.builder().subject("importer");
        claims.accept(builder);
        return "Bearer "
                + new NimbusJwtEncoder(new ImmutableSecret<>(secret.getBytes(StandardCharsets.UTF_8)))
                        .encode(JwtEncoderParameters.from(
                                JwsHeader.with(MacAlgorithm.HS256).build(), builder.build()))
                        .getTokenValue();
    }
}
