package dev.tradingplatform.stock.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks tokens of an OpenID provider. It calls the provider when the first token arrives: the service starts, and
 * serves reads, without it. Spring's {@code NimbusJwtDecoder.withIssuerLocation} neither limits the rate at which
 * tokens with unknown keys cause calls to the provider, nor keeps the keys while the provider is unavailable. Safe for
 * concurrent use.
 */
final class IssuerJwtDecoder implements JwtDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerJwtDecoder.class);

    /** A request waits for at most two exchanges, the configuration and the keys, of these timeouts. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

    private static final int MAX_BYTES = 1 << 20;

    /** Lifetime of fetched keys: the service accepts a key that the provider withdraws for at most this time. */
    private static final Duration KEYS_TTL = Duration.ofMinutes(5);

    /** Lifetime of fetched keys while the provider is unavailable. */
    private static final Duration KEYS_OUTAGE_TTL = Duration.ofHours(1);

    /** Tokens with unknown keys cause at most two fetches within this time. */
    private static final Duration MIN_FETCH_INTERVAL = Duration.ofSeconds(5);

    /**
     * After a failed connection, tokens are not checked for this time, so that requests do not queue for the timeout.
     */
    private static final Duration RECONNECT_INTERVAL = Duration.ofSeconds(1);

    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.values());

    private final String issuer;
    private final OAuth2TokenValidator<Jwt> validator;
    private final LongSupplier nanoTime;
    private final DefaultResourceRetriever http =
            new DefaultResourceRetriever((int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MAX_BYTES);
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable JwtDecoder connected;
    private volatile @Nullable Failure lastFailure;

    /** @param issuer URL of the provider, exactly as in its tokens */
    IssuerJwtDecoder(String issuer, OAuth2TokenValidator<Jwt> validator, LongSupplier nanoTime) {
        this.issuer = issuer;
        this.validator = validator;
        this.nanoTime = nanoTime;
    }

    /**
     * @throws BadJwtException if the token is invalid
     * @throws ProviderUnavailableException if the token cannot be checked without the provider
     */
    @Override
    public Jwt decode(String token) {
        JwtDecoder decoder = connected;
        try {
            return (decoder == null ? connect() : decoder).decode(token);
        } catch (BadJwtException invalid) {
            throw invalid;
        } catch (JwtException unchecked) {
            LOG.warn("A token could not be checked: {}", unchecked.getMessage());
            throw new ProviderUnavailableException(unchecked);
        }
    }

    private JwtDecoder connect() {
        connecting.lock();
        try {
            JwtDecoder ready = connected;
            if (ready != null) {
                return ready;
            }
            Failure failure = lastFailure;
            if (failure != null && nanoTime.getAsLong() - failure.at() < RECONNECT_INTERVAL.toNanos()) {
                throw new JwtException(failure.reason());
            }
            JwtDecoder decoder = nimbus(keys());
            connected = decoder;
            return decoder;
        } catch (IOException e) {
            lastFailure = new Failure(e.toString(), nanoTime.getAsLong());
            throw new JwtException(issuer + " does not answer as an OpenID provider: " + e, e);
        } finally {
            connecting.unlock();
        }
    }

    private JwtDecoder nimbus(URI keys) throws IOException {
        JWKSource<SecurityContext> source = JWKSourceBuilder.<SecurityContext>create(keys.toURL(), http)
                .cache(KEYS_TTL.toMillis(), CONNECT_TIMEOUT.plus(READ_TIMEOUT).toMillis())
                .refreshAheadCache(false)
                .rateLimited(MIN_FETCH_INTERVAL.toMillis())
                .outageTolerant(KEYS_OUTAGE_TTL.toMillis())
                .build();
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(source)
                .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
                .build();
        decoder.setJwtValidator(validator);
        return decoder;
    }

    /** Reads the location of the keys from the provider's configuration (OpenID Connect Discovery 1.0 §4). */
    private URI keys() throws IOException {
        String base = issuer.endsWith("/") ? issuer : issuer + "/";
        URI location = URI.create(base + ".well-known/openid-configuration");
        byte[] content = http.retrieveResource(location.toURL()).getContent().getBytes(StandardCharsets.UTF_8);
        try {
            JsonNode configuration = JsonMapper.shared().readTree(content);
            String name = configuration.path("issuer").asString("");
            if (!name.equals(issuer)) {
                throw new IOException(location + " is of issuer \"" + name + "\" (expected: \"" + issuer + "\")");
            }
            URI keys = URI.create(configuration.path("jwks_uri").asString(""));
            if (!keys.isAbsolute()) {
                throw new IOException(location + " has the jwks_uri \"" + keys + "\" (expected: a URL)");
            }
            return keys;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(location + " is not the configuration of an OpenID provider", e);
        }
    }

    private record Failure(String reason, long at) {}
}
