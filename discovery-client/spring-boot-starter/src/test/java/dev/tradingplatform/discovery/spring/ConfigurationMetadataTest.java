package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE knows of {@code discovery.*}: every key, with its type and what it is for; and the README the same. */
class ConfigurationMetadataTest {

    private static final Pattern KEY_IN_README = Pattern.compile("\\| `(discovery\\.[a-z0-9.-]+?)(\\.<service>)?` \\|");

    private static Map<String, JsonNode> described() throws IOException {
        Map<String, JsonNode> properties = new TreeMap<>();
        for (URL file : Collections.list(ConfigurationMetadataTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = file.openStream()) {
                for (JsonNode property : new JsonMapper().readTree(json).path("properties")) {
                    String name = property.path("name").asString();
                    if (name.startsWith("discovery.")) {
                        properties.put(name, property);
                    }
                }
            }
        }
        return properties;
    }

    private static Set<String> bound() {
        Stream<String> client = Stream.of(DiscoveryProperties.class.getRecordComponents())
                .map(component -> "discovery."
                        + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        return Stream.concat(client, Stream.of("discovery.server.name", "discovery.server.drain"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void listsEveryKeyWithItsTypeAndWhatItIsFor() throws IOException {
        Map<String, JsonNode> described = described();

        assertThat(described.keySet()).isEqualTo(bound());
        described.forEach((name, property) -> {
            assertThat(property.path("type").asString(""))
                    .as("type of %s", name)
                    .isNotBlank();
            assertThat(property.path("description").asString(""))
                    .as("description of %s", name)
                    .matches("(?s).{15,}\\.");
        });
    }

    @Test
    void theReadmeListsTheSameKeys() throws IOException {
        Set<String> documented = KEY_IN_README
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(bound());
    }
}
