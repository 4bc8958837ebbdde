package dev.tradingplatform.stock.api;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document as something answers are held against, strictly: what it does not name must not be there. */
final class Contract {

    /** HTTP's own, of which an API document says nothing. */
    private static final Set<String> TRANSPORT =
            Set.of("connection", "content-length", "content-type", "date", "keep-alive", "transfer-encoding");

    /** Instructions to browsers, the same in each response; BrowserHeadersTest checks them. */
    private static final Set<String> BROWSER = Set.of(
            "content-disposition",
            "content-security-policy",
            "cross-origin-resource-policy",
            "permissions-policy",
            "referrer-policy",
            "x-content-type-options",
            "x-frame-options");

    private final JsonNode document;
    private final JsonNode components;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final Map<String, JsonNode> operations = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Set<String>> headersSeen = new TreeMap<>();

    Contract(String json) {
        document = strict(JsonMapper.shared().readTree(json));
        components = document.get("components");
        document.get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) ->
                        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation)));
    }

    /** Returns what there is to call, such as {@code GET /api/v1/tickers}. */
    Set<String> operations() {
        return operations.keySet();
    }

    JsonNode operation(String name) {
        return operations.getOrDefault(name, document.path("nothing"));
    }

    /** Returns what every answer until now had that the document does not say, or lacked although it does. */
    List<String> faults() {
        return faults;
    }

    /** Returns operation and status of every answer there may be, but for the unexpected. */
    Set<String> promised() {
        Set<String> promised = new TreeSet<>();
        operations.forEach((name, operation) -> operation.get("responses").propertyNames().stream()
                .filter(status -> !status.equals("default"))
                .forEach(status -> promised.add(name + " " + status)));
        return promised;
    }

    /** Returns operation and status of every answer there was. */
    Set<String> seen() {
        return headersSeen.keySet();
    }

    /** Returns the headers that the document promises and no answer had. */
    List<String> headersNeverSeen() {
        List<String> missing = new ArrayList<>();
        headersSeen.forEach((key, seen) -> {
            int end = key.lastIndexOf(' ');
            response(key.substring(0, end), key.substring(end + 1)).path("headers").propertyNames().stream()
                    .filter(name -> !seen.contains(name.toLowerCase(Locale.ROOT)))
                    .forEach(name -> missing.add(key + ": " + name));
        });
        return missing;
    }

    /** Returns the names of the parameters of an operation that are in the header. */
    Set<String> headerParameters(String operation) {
        Set<String> names = new TreeSet<>();
        operation(operation).path("parameters").forEach(entry -> {
            JsonNode parameter = resolved(entry);
            if (parameter.get("in").asString().equals("header")) {
                names.add(parameter.get("name").asString());
            }
        });
        return names;
    }

    void check(String operation, Reply reply) {
        String key = operation + " " + reply.status();
        JsonNode response = response(operation, Integer.toString(reply.status()));
        if (response.isMissingNode()) {
            faults.add(key + " is not documented: " + reply.body());
            return;
        }
        Set<String> seen = headersSeen.computeIfAbsent(key, _ -> new TreeSet<>());
        Set<String> documented = new TreeSet<>();
        response.path("headers").propertyNames().forEach(name -> documented.add(name.toLowerCase(Locale.ROOT)));
        reply.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !TRANSPORT.contains(name) && !BROWSER.contains(name))
                .forEach(name -> {
                    seen.add(name);
                    if (!documented.contains(name)) {
                        faults.add(key + " has the header " + name + ", which is not documented");
                    }
                });
        checkBody(key, response, reply);
    }

    private void checkBody(String key, JsonNode response, Reply reply) {
        if (reply.type().isEmpty()) {
            if (response.has("content") || !reply.body().isEmpty()) {
                faults.add(key + " has no type, although it has, or should have, a body");
            }
            return;
        }
        JsonNode schema = response.path("content").path(reply.type()).path("schema");
        if (schema.isMissingNode()) {
            faults.add(key + " is of the type " + reply.type() + ", which is not documented");
        } else if (reply.type().endsWith("json") && !reply.type().endsWith("ndjson")) {
            ObjectNode root = (ObjectNode) schema.deepCopy();
            root.set("components", components);
            for (Error error :
                    registry.getSchema(root).validate(JsonMapper.shared().readTree(reply.body()))) {
                faults.add(key + " " + error + " in " + reply.body());
            }
        }
    }

    private JsonNode response(String operation, String status) {
        return resolved(operation(operation).path("responses").path(status));
    }

    private JsonNode resolved(JsonNode entry) {
        return entry.has("$ref") ? document.at(entry.get("$ref").asString().substring(1)) : entry;
    }

    private static JsonNode strict(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Contract::strict);
        return node;
    }

    /**
     * An answer, from whatever client.
     *
     * @param headers by their names as they came
     */
    record Reply(int status, Map<String, String> headers, String body) {

        /** Reads what came over the wire. */
        static Reply parse(String raw) {
            int end = raw.indexOf("\r\n\r\n");
            List<String> lines = raw.substring(0, end).lines().toList();
            Map<String, String> headers = new TreeMap<>();
            lines.stream().skip(1).forEach(line -> {
                int colon = line.indexOf(':');
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            });
            int status = Integer.parseInt(lines.getFirst().split(" ", -1)[1]);
            return new Reply(status, headers, raw.substring(end + 4));
        }

        /** Returns the media type without its parameters, empty if there is none. */
        String type() {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                    .map(header -> header.getValue().split(";", 2)[0].strip())
                    .findFirst()
                    .orElse("");
        }
    }
}
