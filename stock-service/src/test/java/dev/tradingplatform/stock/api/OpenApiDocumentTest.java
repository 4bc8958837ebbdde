package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.StockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the packaged OpenAPI document with what springdoc generates from the controllers and records. With
 * {@code -Dopenapi.write=true} it writes the packaged document instead.
 */
class OpenApiDocumentTest {

    private static final Path PACKAGED = Path.of("src", "main", "resources", "openapi.json");

    @Test
    void isWhatTheCodeSays(@TempDir Path directory) throws IOException {
        String generated = generated(directory);

        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(PACKAGED, generated);
        }

        assertThat(Files.readString(PACKAGED))
                .as("run this test with -Dopenapi.write=true after a change of the API")
                .isEqualTo(generated);
    }

    private static String generated(Path directory) {
        try (StockServer server = StockServer.with(
                OpenApiGeneration.class,
                directory.resolve("stock.db"),
                "--springdoc.api-docs.enabled=true",
                "--springdoc.api-docs.version=openapi_3_1",
                "--springdoc.paths-to-match=/api/**",
                "--springdoc.default-flat-param-object=true",
                "--springdoc.override-with-generic-response=false")) {
            JsonNode document = JsonMapper.shared()
                    .readTree(server.calls().get("/v3/api-docs").body());
            return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        }
    }
}
