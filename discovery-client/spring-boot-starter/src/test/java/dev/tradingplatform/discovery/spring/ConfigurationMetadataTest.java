package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an IDE shows of {@code discovery.*}, and the table of the README that is made of it. */
class ConfigurationMetadataTest {

    private static final String BEGIN = "<!-- properties -->\n";
    private static final String END = "<!-- end of properties -->";

    @Test
    void describesEveryProperty() throws IOException {
        Set<String> described = metadata().stream()
                .map(property -> text(property, "name"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(bound());
        assertThat(metadata()).allSatisfy(property -> {
            assertThat(text(property, "type")).as(text(property, "name")).isNotBlank();
            assertThat(text(property, "description")).as(text(property, "name")).matches("(?s).{15,}\\.");
        });
    }

    /** If this fails, copy the expected table into the README. */
    @Test
    void isTheTableOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));

        assertThat(readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END)))
                .isEqualTo(table());
    }

    private static String table() throws IOException {
        return metadata().stream()
                .map(property -> "| `%s` | %s | %s |\n"
                        .formatted(text(property, "name"), defaultValue(property), sentence(property)))
                .collect(Collectors.joining("", "| property | default | meaning |\n|---|---|---|\n", ""));
    }

    private static String defaultValue(JsonNode property) {
        JsonNode value = property.path("defaultValue");
        String shown = value.isArray()
                ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                : value.asString("");
        return shown.isEmpty() ? "" : "`" + shown + "`";
    }

    private static String sentence(JsonNode property) {
        String description = text(property, "description");
        return description.substring(0, 1).toUpperCase(Locale.ROOT) + description.substring(1);
    }

    private static String text(JsonNode property, String field) {
        return property.path(field).asString("");
    }

    // In the directory of the starter: other libraries on the class path have such a file too.
    private static List<JsonNode> metadata() throws IOException {
        Path file = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
        return new JsonMapper()
                .readTree(Files.readString(file))
                .path("properties")
                .valueStream()
                .filter(property -> text(property, "name").startsWith("discovery."))
                .toList();
    }

    private static Set<String> bound() {
        return Stream.concat(
                        Stream.of(DiscoveryProperties.class.getRecordComponents())
                                .map(component -> component.getName())
                                .filter(name -> !name.equals("server")),
                        Stream.of("server.name", "server.drain"))
                .map(name -> "discovery." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
