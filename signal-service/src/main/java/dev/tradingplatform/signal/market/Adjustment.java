package dev.tradingplatform.signal.market;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** For which corporate actions stock-service adjusts the bars before an action. */
public enum Adjustment {
    /** Prices and volumes as they were traded. */
    RAW,
    /** For splits; the default, since a split is no loss. */
    SPLIT,
    /** For splits and dividends. */
    ALL;

    /** Returns the code in URLs and JSON, such as {@code split}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
