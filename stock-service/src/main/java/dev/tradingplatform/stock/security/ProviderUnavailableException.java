package dev.tradingplatform.stock.security;

import java.io.Serial;
import org.springframework.security.core.AuthenticationException;

/** The OpenID provider did not answer, so the service could not check a token. */
final class ProviderUnavailableException extends AuthenticationException {

    @Serial
    private static final long serialVersionUID = 1L;

    ProviderUnavailableException(Throwable cause) {
        super("The OpenID provider is unavailable", cause);
    }
}
