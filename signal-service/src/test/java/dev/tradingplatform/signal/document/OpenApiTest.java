package dev.tradingplatform.signal.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class OpenApiTest {

    private final FakeStockService replica = new FakeStockService();
    private final Platform platform = Platform.with(List.of(replica));

    @AfterEach
    void close() {
        platform.close();
    }

    private JsonNode document() {
        return JsonMapper.shared().readTree(platform.get("openapi.json").body());
    }

    private static Map<String, JsonNode> operations(JsonNode document) {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) ->
                        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
        return operations;
    }

    @Test
    void listsEveryMappingAndNoOther() {
        Set<String> mapped = new TreeSet<>();
        platform
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .flatMap(path ->
                                info.getMethodsCondition().getMethods().stream().map(method -> method + " " + path)))
                .forEach(mapped::add);

        assertThat(operations(document()).keySet()).isEqualTo(mapped).isNotEmpty();
    }

    @Test
    void resolvesEveryReference() {
        JsonNode document = document();

        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyExampleIsAccepted() {
        replica.store("SPY", SampleBars.randomWalk(1, 100), 17);
        JsonNode document = document();

        operations(document).forEach((name, operation) -> {
            if (!name.endsWith("/stream")) {
                String path = name.substring(name.indexOf("/api/v1/") + "/api/v1/".length())
                        .replace("{ticker}", "SPY");
                HttpResponse<String> answer = send(name, path + "?" + query(document, operation));
                assertThat(answer.statusCode())
                        .as("%s: %s", name, answer.body())
                        .isEqualTo(200);
            }
        });
    }

    private HttpResponse<String> send(String name, String path) {
        return name.startsWith("GET ")
                ? platform.get(path)
                : platform.send(
                        platform.request(path)
                                .header("Content-Type", "text/csv")
                                .POST(BodyPublishers.ofString("Date,Open\n"))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static String query(JsonNode document, JsonNode operation) {
        return operation
                .get("parameters")
                .valueStream()
                .map(parameter -> parameter.has("$ref")
                        ? document.at(parameter.get("$ref").asString().substring(1))
                        : parameter)
                .filter(parameter -> parameter.get("in").asString().equals("query"))
                .map(parameter -> parameter.get("name").asString() + "="
                        + URLEncoder.encode(parameter.get("example").asString(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
