package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.importing.ImportResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a list of corporate actions, and finds everything that is wrong with it. For one body and one thread.
 *
 * @param <A> the kind of the actions
 */
abstract class ActionsBody<A> {

    private static final int MAX_ACTIONS = 1000;

    private final String kind;
    private final List<String> fields;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<Long, SourceLocation> locations = new HashMap<>();

    /**
     * Begins a body.
     *
     * @param kind one action, such as {@code split}
     * @param fields of an action, in their usual order
     */
    ActionsBody(String kind, List<String> fields) {
        this.kind = kind;
        this.fields = fields;
    }

    abstract Optional<A> action(long start, SourceLocation location, JsonNode node);

    /** Returns the actions of a JSON array, or refuses it as a whole. */
    final List<A> parse(byte[] json) {
        List<A> actions = read(json);
        if (!violations.isEmpty()) {
            int faults = violations.size();
            throw Problems.validationFailed(new ImportResult.Faults(violations, faults, faults, true));
        }
        return actions;
    }

    private List<A> read(byte[] json) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            refuse(SourceLocation.document(), "body", "malformed-json", e.getOriginalMessage(), "JSON as in RFC 8259");
            return List.of();
        }
        if (!root.isArray() || root.size() > MAX_ACTIONS) {
            String expected = "an array of at most %d %ss".formatted(MAX_ACTIONS, kind);
            refuse(SourceLocation.document(), "body", "not-an-array", text(root), expected);
            return List.of();
        }
        List<A> actions = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            element(SourceLocation.element(i), root.get(i)).ifPresent(actions::add);
        }
        return actions;
    }

    private Optional<A> element(SourceLocation location, JsonNode node) {
        if (!node.isObject()) {
            refuse(location, kind, "not-an-object", text(node), "a " + kind + " as a JSON object");
            return Optional.empty();
        }
        node.propertyNames().stream()
                .filter(name -> !fields.contains(name))
                .forEach(name ->
                        refuse(location, name, "unknown-field", text(node.path(name)), String.join(", ", fields)));
        Optional<Long> start = start(location, node.path("timestamp"));
        // Also without a start, so that all faults are reported.
        return action(start.orElse(0L), location, node).filter(_ -> start.isPresent());
    }

    private Optional<Long> start(SourceLocation location, JsonNode node) {
        String text = text(node);
        return switch (TimestampFormat.parse(text, Timeframe.MINUTE)) {
            case Parsed.Bad<Long>(String code, String expected) -> {
                refuse(location, "timestamp", code, text, expected);
                yield Optional.empty();
            }
            case Parsed.Good<Long>(Long start, boolean _) -> {
                SourceLocation earlier = locations.putIfAbsent(start, location);
                if (earlier != null) {
                    refuse(location, "timestamp", "duplicate", text, "not the same as at " + earlier);
                }
                yield Optional.of(start);
            }
        };
    }

    final void refuse(SourceLocation location, String field, String code, String value, String expected) {
        violations.add(Violation.at(location, field, code, value, expected));
    }

    static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.toString();
    }
}
