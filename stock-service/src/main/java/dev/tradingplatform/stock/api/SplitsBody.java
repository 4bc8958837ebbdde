package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Split;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A list of splits. For one body and one thread. */
final class SplitsBody extends ActionsBody<Split> {

    private static final String NUMBER = "an integer from 1 to " + Split.LARGEST;

    SplitsBody() {
        super("split", List.of("timestamp", "numerator", "denominator"));
    }

    @Override
    Optional<Split> action(long start, SourceLocation location, JsonNode node) {
        Optional<Integer> numerator = number(location, "numerator", node);
        Optional<Integer> denominator = number(location, "denominator", node);
        return numerator.flatMap(up -> denominator.map(down -> new Split(start, up, down)));
    }

    private Optional<Integer> number(SourceLocation location, String field, JsonNode split) {
        JsonNode node = split.path(field);
        boolean good = node.isInt() && node.intValue() >= 1 && node.intValue() <= Split.LARGEST;
        if (!good) {
            refuse(location, field, "out-of-range", text(node), NUMBER);
        }
        return good ? Optional.of(node.intValue()) : Optional.empty();
    }
}
