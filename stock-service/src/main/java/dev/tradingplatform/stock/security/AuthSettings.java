package dev.tradingplatform.stock.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * The tokens (JWT, RFC 7519) that a write requires. If neither issuer nor secret is set, a write requires no token.
 *
 * @param issuer URL of an OpenID provider; the service fetches its keys when the first token arrives
 * @param audience value that the claim {@code aud} contains (RFC 7519 §4.1.3); empty for any
 * @param secret shared key of HS256, 32 bytes or more (RFC 7518 §3.2)
 * @param scope value that the claim {@code scope} or {@code scp} contains (RFC 8693 §4.2); empty for any
 */
@ConfigurationProperties("stock.auth")
record AuthSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String audience,
        @DefaultValue("") String secret,
        @DefaultValue("") String scope) {

    static final String ISSUER = "stock.auth.issuer";

    static final String SECRET = "stock.auth.secret";

    private static final int MIN_SECRET_BYTES = 32;

    /** Throws {@link IllegalArgumentException}, without the secret, if the settings contradict each other. */
    AuthSettings {
        if (!issuer.isEmpty() && !secret.isEmpty()) {
            throw new IllegalArgumentException("stock.auth: issuer and secret are both set (expected: one of them)");
        }
        if (!issuer.isEmpty() && !issuer.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    ISSUER + ": " + issuer + " (expected: a URL such as https://id.example.org)");
        }
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (!secret.isEmpty() && length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    SECRET + ": has " + length + " bytes (expected: " + MIN_SECRET_BYTES + " or more)");
        }
        if (issuer.isEmpty() && secret.isEmpty() && !(audience.isEmpty() && scope.isEmpty())) {
            throw new IllegalArgumentException(
                    "stock.auth: audience or scope is set, but writes require no token (expected: also issuer or secret)");
        }
    }

    boolean requiresToken() {
        return !issuer.isEmpty() || !secret.isEmpty();
    }

    /** Returns the decoder that checks the tokens, or empty if a write requires no token. */
    Optional<JwtDecoder> decoder(LongSupplier nanoTime) {
        if (!issuer.isEmpty()) {
            return Optional.of(new IssuerJwtDecoder(issuer, validator(), nanoTime));
        }
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(key).build();
        decoder.setJwtValidator(validator());
        return Optional.of(decoder);
    }

    private OAuth2TokenValidator<Jwt> validator() {
        // Access tokens have the type at+jwt since RFC 9068 §2.1.
        JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        type.setAllowEmpty(true);
        JwtTimestampValidator time = new JwtTimestampValidator();
        time.setAllowEmptyExpiryClaim(false);
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>(List.of(type, time));
        if (!issuer.isEmpty()) {
            validators.add(new JwtIssuerValidator(issuer));
        }
        if (!audience.isEmpty()) {
            validators.add(new JwtAudienceValidator(audience));
        }
        return new DelegatingOAuth2TokenValidator<>(validators);
    }

    @Override
    public String toString() {
        return "AuthSettings[issuer=" + issuer + ", audience=" + audience + ", scope=" + scope + ", secret="
                + (secret.isEmpty() ? "none" : "hidden") + "]";
    }
}
