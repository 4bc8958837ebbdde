package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.importing.ImportResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a list of splits, and finds everything that is wrong with it. For one thread. */
final class SplitsBody {

    private static final int MAX_SPLITS = 1000;
    private static final Set<String> FIELDS = Set.of("timestamp", "numerator", "denominator");
    private static final String NUMBER = "an integer from 1 to " + Split.LARGEST;

    private final List<Violation> violations = new ArrayList<>();
    private final Map<Long, SourceLocation> places = new HashMap<>();

    private SplitsBody() {}

    /** Returns the splits of a JSON array, or refuses it as a whole. */
    static List<Split> parse(byte[] json) {
        SplitsBody body = new SplitsBody();
        List<Split> splits = body.read(json);
        if (!body.violations.isEmpty()) {
            int faults = body.violations.size();
            throw Problems.validationFailed(new ImportResult.Faults(body.violations, faults, faults, true));
        }
        return splits;
    }

    private List<Split> read(byte[] json) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            refuse(SourceLocation.document(), "body", "malformed-json", e.getOriginalMessage(), "JSON as in RFC 8259");
            return List.of();
        }
        if (!root.isArray() || root.size() > MAX_SPLITS) {
            refuse(
                    SourceLocation.document(),
                    "body",
                    "not-an-array",
                    cut(root),
                    "an array of at most " + MAX_SPLITS + " splits");
            return List.of();
        }
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            split(SourceLocation.element(i), root.get(i)).ifPresent(splits::add);
        }
        return splits;
    }

    private Optional<Split> split(SourceLocation place, JsonNode node) {
        if (!node.isObject()) {
            refuse(place, "split", "not-an-object", cut(node), "a split as a JSON object");
            return Optional.empty();
        }
        node.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> refuse(
                        place, name, "unknown-field", cut(node.path(name)), "timestamp, numerator, denominator"));
        Optional<Long> start = start(place, node.path("timestamp"));
        Optional<Integer> numerator = number(place, "numerator", node);
        Optional<Integer> denominator = number(place, "denominator", node);
        return start.flatMap(at -> numerator.flatMap(up -> denominator.map(down -> new Split(at, up, down))));
    }

    private Optional<Long> start(SourceLocation place, JsonNode node) {
        String text = cut(node);
        return switch (TimestampFormat.parse(text, Timeframe.MINUTE)) {
            case Parsed.Bad<Long>(String code, String expected) -> {
                refuse(place, "timestamp", code, text, expected);
                yield Optional.empty();
            }
            case Parsed.Good<Long>(Long start, boolean _) -> {
                SourceLocation earlier = places.putIfAbsent(start, place);
                if (earlier != null) {
                    refuse(place, "timestamp", "duplicate", text, "not the same as at " + earlier);
                }
                yield Optional.of(start);
            }
        };
    }

    private Optional<Integer> number(SourceLocation place, String field, JsonNode split) {
        JsonNode node = split.path(field);
        boolean good = node.isInt() && node.intValue() >= 1 && node.intValue() <= Split.LARGEST;
        if (!good) {
            refuse(place, field, "out-of-range", cut(node), NUMBER);
        }
        return good ? Optional.of(node.intValue()) : Optional.empty();
    }

    private void refuse(SourceLocation place, String field, String code, String value, String expected) {
        violations.add(Violation.at(place, field, code, value, expected));
    }

    private static String cut(JsonNode node) {
        return node.isString() ? node.stringValue() : node.toString();
    }
}
