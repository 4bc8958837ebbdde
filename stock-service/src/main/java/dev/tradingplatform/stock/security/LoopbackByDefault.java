package dev.tradingplatform.stock.security;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Binds the service to 127.0.0.1, so that other machines cannot write without a token, unless {@code server.address},
 * an issuer or a secret is set.
 */
final class LoopbackByDefault implements EnvironmentPostProcessor, Ordered {

    private static final String ADDRESS = "server.address";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        boolean tokens = StringUtils.hasText(environment.getProperty(AuthSettings.ISSUER))
                || StringUtils.hasText(environment.getProperty(AuthSettings.SECRET));
        if (!tokens && !environment.containsProperty(ADDRESS)) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource("loopbackByDefault", Map.of(ADDRESS, "127.0.0.1")));
        }
    }

    /** Runs after the files with settings are read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
