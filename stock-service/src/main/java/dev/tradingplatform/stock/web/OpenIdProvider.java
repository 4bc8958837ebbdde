package dev.tradingplatform.stock.web;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID provider, and where it says its keys are (OpenID Connect Discovery 1.0 §4).
 *
 * @param issuer its URL, letter by letter as it is in tokens
 */
record OpenIdProvider(String issuer) {

    /** A request waits at most for the document and the keys, twice these. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private static final Duration READ = Duration.ofSeconds(2);

    private static final int LARGEST = 1 << 20;

    /** How long a key that the provider has withdrawn is still good. */
    private static final Duration KEYS_FRESH = Duration.ofMinutes(5);

    /** How long the last keys are good while the provider cannot be reached. */
    private static final Duration KEYS_STALE = Duration.ofHours(1);

    /** Tokens with keys nobody knows make no more requests to the provider than two in this time. */
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);

    private static final Set<SignatureAlgorithm> SIGNATURES = Set.of(SignatureAlgorithm.values());

    /**
     * Asks the provider where its keys are, and returns what reads tokens that are signed with them.
     *
     * @throws IOException if it does not answer, or not as an OpenID provider of that name
     */
    JwtDecoder decoder(OAuth2TokenValidator<Jwt> validator) throws IOException {
        DefaultResourceRetriever http =
                new DefaultResourceRetriever((int) CONNECT.toMillis(), (int) READ.toMillis(), LARGEST);
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                        keysLocation(http).toURL(), http)
                .cache(KEYS_FRESH.toMillis(), CONNECT.plus(READ).toMillis())
                .refreshAheadCache(false)
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(KEYS_STALE.toMillis())
                .build();
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithms(algorithms -> algorithms.addAll(SIGNATURES))
                .build();
        decoder.setJwtValidator(validator);
        return decoder;
    }

    private URI keysLocation(DefaultResourceRetriever http) throws IOException {
        String base = issuer.endsWith("/") ? issuer : issuer + "/";
        URI location = URI.create(base + ".well-known/openid-configuration");
        byte[] content = http.retrieveResource(location.toURL()).getContent().getBytes(StandardCharsets.UTF_8);
        try {
            JsonNode document = JsonMapper.shared().readTree(content);
            String name = document.path("issuer").asString("");
            if (!name.equals(issuer)) {
                throw new IOException(location + " is of issuer \"" + name + "\" (expected: \"" + issuer + "\")");
            }
            return URI.create(document.path("jwks_uri").asString(""));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(location + " is not an OpenID provider's configuration", e);
        }
    }
}
