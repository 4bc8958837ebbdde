package dev.tradingplatform.stock.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Reads tokens of a provider that is first asked when the first token comes: the service starts, and reads are served,
 * whether the provider is there or not. Safe for concurrent use.
 */
final class ProviderDecoder implements JwtDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderDecoder.class);

    /** So long after a failure nobody waits for another. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final OpenIdProvider provider;
    private final OAuth2TokenValidator<Jwt> validator;
    private final LongSupplier nanoTime;
    private final ReentrantLock connecting = new ReentrantLock();
    private volatile @Nullable JwtDecoder connected;
    private volatile @Nullable Failure last;

    ProviderDecoder(OpenIdProvider provider, OAuth2TokenValidator<Jwt> validator, LongSupplier nanoTime) {
        this.provider = provider;
        this.validator = validator;
        this.nanoTime = nanoTime;
    }

    /**
     * @throws org.springframework.security.oauth2.jwt.BadJwtException if the token is not good
     * @throws JwtException otherwise, if it cannot be told because the provider is away
     */
    @Override
    public Jwt decode(String token) {
        JwtDecoder decoder = connected;
        return (decoder == null ? connect() : decoder).decode(token);
    }

    private JwtDecoder connect() {
        connecting.lock();
        try {
            JwtDecoder made = connected;
            if (made != null) {
                return made;
            }
            Failure failure = last;
            if (failure != null && nanoTime.getAsLong() - failure.at() < PAUSE.toNanos()) {
                throw new JwtException(failure.why());
            }
            JwtDecoder decoder = provider.decoder(validator);
            connected = decoder;
            return decoder;
        } catch (IOException e) {
            LOG.warn("No token can be checked: {} does not answer as an OpenID provider", provider.issuer(), e);
            last = new Failure(e.toString(), nanoTime.getAsLong());
            throw new JwtException(e.toString(), e);
        } finally {
            connecting.unlock();
        }
    }

    private record Failure(String why, long at) {}
}
