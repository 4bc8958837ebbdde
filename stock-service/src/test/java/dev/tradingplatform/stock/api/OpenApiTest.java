package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    @TempDir
    private static Path directory;

    @Test
    void listsEveryMappingAndNoOther() {
        try (StockServer server = StockServer.on(directory.resolve("mappings.db"))) {
            Set<String> mapped = new TreeSet<>();
            server
                    .part("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                    .getHandlerMethods()
                    .keySet()
                    .stream()
                    .flatMap(info -> info.getPatternValues().stream()
                            .filter(path -> path.startsWith("/api/"))
                            .flatMap(path -> info.getMethodsCondition().getMethods().stream()
                                    .map(method -> method + " " + path.replaceAll("\\{(\\w+):[^}]*}", "{$1}"))))
                    .forEach(mapped::add);

            assertThat(operations(document(server)).keySet()).isEqualTo(mapped).isNotEmpty();
        }
    }

    @Test
    void listsEveryQueryParameterAndNoOther() {
        try (StockServer server = StockServer.on(directory.resolve("parameters.db"))) {
            JsonNode document = document(server);
            Map<String, Set<String>> listed = new TreeMap<>();
            Map<String, Set<String>> accepted = new TreeMap<>();
            operations(document).forEach((name, operation) -> {
                listed.put(name, queryParameters(document, operation));
                accepted.put(name, acceptedBy(server, name));
            });

            assertThat(accepted).isEqualTo(listed);
        }
    }

    @Test
    void hasExamplesThatTheServiceAccepts() {
        try (StockServer server = StockServer.on(directory.resolve("examples.db"))) {
            JsonNode document = document(server);
            List<String> refused = new ArrayList<>();
            operations(document)
                    .forEach((name, operation) -> operation
                            .at("/requestBody/content")
                            .forEachEntry((type, content) -> {
                                if (type.startsWith("multipart/")) {
                                    // Needs a boundary; see ImportContentTest.
                                    return;
                                }
                                JsonNode example = content.get("example");
                                String body = example.isString() ? example.stringValue() : example.toString();
                                Answer answer =
                                        server.calls().call(method(name), address(name), body, "Content-Type", type);
                                if (answer.status() > 201) {
                                    refused.add(name + " " + type + " " + answer.body());
                                }
                            }));

            assertThat(refused).isEmpty();
            assertThat(server.calls().get("/api/v1/data/TICKER_1/latest").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void resolvesEveryReferenceAndNamesEveryProblemThereIs() {
        try (StockServer server = StockServer.on(directory.resolve("references.db"))) {
            JsonNode document = document(server);

            assertThat(document.findValuesAsString("$ref"))
                    .allSatisfy(reference -> assertThat(
                                    document.at(reference.substring(1)).isMissingNode())
                            .as(reference)
                            .isFalse());
            Set<String> statuses = new TreeSet<>();
            document.at("/components/responses")
                    .forEach(response -> statuses.add(response.at("/content/application~1problem+json/example/status")
                            .asString()));
            assertThat(statuses)
                    .containsExactly(
                            "400", "401", "403", "404", "406", "408", "409", "410", "412", "413", "415", "421", "422",
                            "431", "500", "503", "507");
        }
    }

    @Test
    void isShownToPeopleWithoutAnyOtherHost() {
        try (StockServer server = StockServer.on(directory.resolve("page.db"))) {
            Answer page = server.calls().get("/api/v1/docs");

            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(page.body()).doesNotContain("http://", "https://", "src=");
            assertThat(server.calls().get("/").body()).isEqualTo(page.body());
            assertThat(server.calls()
                            .get("/api/v1/openapi.json", "If-None-Match", documentTag(server))
                            .status())
                    .isEqualTo(304);
        }
    }

    private static String documentTag(StockServer server) {
        return server.calls().get("/api/v1/openapi.json").header("ETag");
    }

    private static JsonNode document(StockServer server) {
        return JsonMapper.shared()
                .readTree(server.calls().get("/api/v1/openapi.json").body());
    }

    private static Map<String, JsonNode> operations(JsonNode document) {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) ->
                        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
        return operations;
    }

    private static Set<String> queryParameters(JsonNode document, JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode parameter : operation.get("parameters")) {
            JsonNode found = parameter.has("$ref")
                    ? document.at(parameter.get("$ref").asString().substring(1))
                    : parameter;
            if (found.get("in").asString().equals("query")) {
                names.add(found.get("name").asString());
            }
        }
        return names;
    }

    /** A parameter that is not known is refused with the names of all that are. */
    private static Set<String> acceptedBy(StockServer server, String operation) {
        Answer answer = server.calls()
                .call(
                        method(operation),
                        address(operation) + (operation.equals("GET /api/v1/data") ? "?tickers=A&" : "?")
                                + "nonsense=1",
                        "[]",
                        "Content-Type",
                        "application/json");
        String expected = answer.at("/errors")
                .valueStream()
                .filter(error -> error.get("field").asString().equals("nonsense"))
                .map(error -> error.get("message").asString().replaceAll(".*\\(expected: (.*)\\)", "$1"))
                .collect(Collectors.joining());
        return expected.equals("no parameters")
                ? Set.of()
                : Arrays.stream(expected.split(", ")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String method(String operation) {
        return operation.substring(0, operation.indexOf(' '));
    }

    private static String address(String operation) {
        return operation
                .substring(operation.indexOf(' ') + 1)
                .replace("{ticker}", "TICKER_1")
                .replace("{timestamp}", "2024-01-02");
    }
}
