package dev.tradingplatform.discovery.spring;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Ends the start of an application that sets a property of the first version and says what replaces it. A property that
 * silently stops working would change timeouts in production.
 */
final class RenamedProperties implements EnvironmentPostProcessor {

    private static final Map<String, String> RENAMED = Map.of(
            "discovery.record", "is now `discovery.record-type`",
            "discovery.hedge-after", "is gone: the client starts hedged attempts on its own");

    private static final ConfigurationPropertyName DEADLINES = ConfigurationPropertyName.of("discovery.deadlines");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            RENAMED.forEach((name, change) -> {
                if (source.getConfigurationProperty(ConfigurationPropertyName.of(name)) != null) {
                    throw new InvalidConfigurationException("`" + name + "` " + change);
                }
            });
            if (source instanceof IterableConfigurationPropertySource properties) {
                properties.stream().filter(DEADLINES::isAncestorOf).forEach(RenamedProperties::rejectDeadline);
            }
        }
    }

    private static void rejectDeadline(ConfigurationPropertyName name) {
        String service = name.subName(DEADLINES.getNumberOfElements()).toString();
        throw new InvalidConfigurationException("`" + name + "` is now `discovery.services." + service + ".deadline`");
    }
}
