package dev.tradingplatform.stock.web;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/**
 * Whose tokens (JWT, RFC 7519) open the way to writes. Without either setting everybody may write, as on a laptop.
 *
 * @param issuer URL of an OpenID provider, whose keys are fetched at the first token
 * @param secret key of HS256 shared with whoever makes the tokens, 32 bytes or more (RFC 7518 §3.2)
 */
@ConfigurationProperties("stock.auth")
record AuthSettings(
        @DefaultValue("") String issuer, @DefaultValue("") String secret) {

    private static final int SHORTEST_SECRET = 32;

    /** @throws IllegalArgumentException if both are set, or the secret is too short; never shows the secret */
    AuthSettings {
        if (!issuer.isEmpty() && !secret.isEmpty()) {
            throw new IllegalArgumentException("stock.auth: issuer and secret are both set (expected: one of them)");
        }
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (!secret.isEmpty() && length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "stock.auth.secret: has " + length + " bytes (expected: " + SHORTEST_SECRET + " or more)");
        }
    }

    /** Reads and checks tokens: signature, issuer where there is one, and the time they are good for. */
    Optional<JwtDecoder> decoder() {
        if (!issuer.isEmpty()) {
            return Optional.of(new SupplierJwtDecoder(() -> JwtDecoders.fromIssuerLocation(issuer)));
        }
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        return Optional.of(NimbusJwtDecoder.withSecretKey(key).build());
    }

    @Override
    public String toString() {
        return "AuthSettings[issuer=" + issuer + ", secret=" + (secret.isEmpty() ? "none" : "hidden") + "]";
    }
}
