package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.Dividend;
import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.SourceLocation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A list of dividends. For one body and one thread. */
final class DividendsBody extends ActionsBody<Dividend> {

    private static final String AMOUNT = "a number above 0 with at most 9 decimals and 18 digits";

    DividendsBody() {
        super("dividend", List.of("timestamp", "amount"));
    }

    @Override
    Optional<Dividend> action(long start, SourceLocation location, JsonNode node) {
        JsonNode amount = node.path("amount");
        boolean isNumber = amount.isNumber() || amount.isString();
        if (isNumber
                && Decimal.parse(text(amount)) instanceof Parsed.Good<Decimal>(Decimal value, boolean exact)
                && exact
                && value.unscaled() > 0) {
            return Optional.of(new Dividend(start, value));
        }
        refuse(location, "amount", "out-of-range", text(amount), AMOUNT);
        return Optional.empty();
    }
}
