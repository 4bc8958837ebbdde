package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.ParsedBar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the bars whose prices are accepted but are rare: 0 and negative prices. For one body and one thread. */
final class PriceWarnings {

    private @Nullable ParsedBar firstNegative;
    private @Nullable ParsedBar firstZero;
    private long negative;
    private long zero;

    void look(ParsedBar parsed) {
        Bar bar = parsed.bar();
        if (bar.low().unscaled() > 0) {
            return;
        }
        if (bar.low().unscaled() < 0) {
            negative++;
            firstNegative = firstNegative == null ? parsed : firstNegative;
        }
        boolean hasZero = bar.open().unscaled() == 0
                || bar.high().unscaled() == 0
                || bar.low().unscaled() == 0
                || bar.close().unscaled() == 0;
        if (hasZero) {
            zero++;
            firstZero = firstZero == null ? parsed : firstZero;
        }
    }

    List<ImportResult.Warning> list() {
        List<ImportResult.Warning> warnings = new ArrayList<>();
        if (firstNegative != null) {
            warnings.add(new ImportResult.Warning(
                    "negative-price",
                    negative,
                    firstNegative,
                    "A price is below 0, as only futures, spreads and power have it."));
        }
        if (firstZero != null) {
            warnings.add(new ImportResult.Warning(
                    "zero-price", zero, firstZero, "A price is 0: check that it does not stand for a missing value."));
        }
        return warnings;
    }
}
