package dev.tradingplatform.terraform;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;

/** The settings that the services, the library and Spring Boot document in their configuration metadata. */
record Settings(Map<String, String> types) {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    static Settings documented() throws IOException {
        Map<String, String> types = new HashMap<>();
        List<URL> files = Collections.list(Settings.class.getClassLoader().getResources(METADATA));
        for (URL file : files) {
            try (InputStream metadata = file.openStream()) {
                for (JsonNode property : Workspace.JSON.readTree(metadata).path("properties")) {
                    types.put(
                            property.path("name").asString(""),
                            property.path("type").asString(""));
                }
            }
        }
        return new Settings(types);
    }

    /** The setting that an environment variable sets, as Spring Boot itself binds it. */
    Optional<String> setBy(String variable, String value) {
        MutablePropertySources sources = new MutablePropertySources();
        sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, value)));
        Binder binder = new Binder(ConfigurationPropertySources.from(sources));
        return types.keySet().stream()
                .filter(name -> name.matches("[a-z][a-z0-9.-]*"))
                .filter(name -> binder.bind(name, String.class).isBound())
                .findFirst();
    }
}
