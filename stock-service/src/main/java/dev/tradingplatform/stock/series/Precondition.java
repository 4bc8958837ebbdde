package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.StoredBar;
import java.util.Optional;

/** What must hold, at the moment of writing, of the bar that is there. */
@FunctionalInterface
public interface Precondition {

    /** Nothing need hold. */
    Precondition NONE = _ -> true;

    /**
     * Judges the bar that is there.
     *
     * @param current the bar, or nothing if there is none
     */
    boolean holdsFor(Optional<StoredBar> current);
}
