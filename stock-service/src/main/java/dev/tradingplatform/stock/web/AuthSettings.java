package dev.tradingplatform.stock.web;

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
 * Whose tokens (JWT, RFC 7519) open the way to writes. Without either setting everybody may write, as on a laptop.
 *
 * @param issuer URL of an OpenID provider, whose keys are fetched at the first token
 * @param audience what a token of that provider must be meant for (RFC 7519 §4.1.3); any will do if it is empty
 * @param secret key of HS256 shared with whoever makes the tokens, 32 bytes or more (RFC 7518 §3.2)
 */
@ConfigurationProperties("stock.auth")
record AuthSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String audience,
        @DefaultValue("") String secret) {

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

    /** Reads and checks tokens: signature, issuer and audience where there are, and the time they are good for. */
    Optional<JwtDecoder> decoder(LongSupplier nanoTime) {
        if (!issuer.isEmpty()) {
            return Optional.of(new ProviderDecoder(new OpenIdProvider(issuer), validator(), nanoTime));
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
        // at+jwt is what access tokens call themselves since RFC 9068 §2.1.
        JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        type.setAllowEmpty(true);
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>(List.of(type, new JwtTimestampValidator()));
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
        return "AuthSettings[issuer=" + issuer + ", audience=" + audience + ", secret="
                + (secret.isEmpty() ? "none" : "hidden") + "]";
    }
}
