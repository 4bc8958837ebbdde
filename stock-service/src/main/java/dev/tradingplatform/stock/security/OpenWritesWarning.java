package dev.tradingplatform.stock.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Warns at the start if a write requires no token. */
@Component
class OpenWritesWarning {

    private static final Logger LOG = LoggerFactory.getLogger(OpenWritesWarning.class);

    private final AuthSettings settings;
    private final Environment environment;

    OpenWritesWarning(AuthSettings settings, Environment environment) {
        this.settings = settings;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void warn() {
        if (!settings.requiresToken()) {
            LOG.warn(
                    "Writes are open: each client that reaches {}:{} can change and delete quotes. To require a token, set"
                            + " {} or {}.",
                    environment.getProperty("server.address", "*"),
                    environment.getProperty("local.server.port", "?"),
                    AuthSettings.ISSUER,
                    AuthSettings.SECRET);
        }
    }
}
