package dev.tradingplatform.stock.quote;

import dev.tradingplatform.stock.bar.StoredBar;
import java.util.Optional;

/** What must hold, at the moment of writing, of the bar that is there. */
@FunctionalInterface
public interface Condition {

    /** Nothing need hold. */
    Condition NONE = _ -> true;

    /**
     * Judges the bar that is there.
     *
     * @param current the bar, or nothing if there is none
     */
    boolean holdsFor(Optional<StoredBar> current);
}
