package dev.tradingplatform.discovery.spring;

import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Ends the start of an application on Spring Boot 3 with one sentence, before a missing class of Boot 4 does. Uses only
 * what both versions have: an {@code EnvironmentPostProcessor} has another package in each.
 */
final class BootVersionCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        requireBoot4(SpringBootVersion.getVersion());
    }

    /** @param version such as {@code 3.5.16} */
    static void requireBoot4(String version) {
        if (version.matches("[123]\\..*")) {
            throw new InvalidConfigurationException(
                    "discovery-client-spring-boot-starter needs Spring Boot 4.0 or later, but this is " + version);
        }
    }
}
