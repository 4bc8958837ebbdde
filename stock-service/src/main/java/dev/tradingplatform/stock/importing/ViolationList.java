package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts violations, and keeps the first {@value #LISTED} of the body. For one thread. */
final class ViolationList {

    private static final int LISTED = 100;
    private static final Comparator<Violation> BY_POSITION = Comparator.comparingLong(Violation::position);

    private final List<Violation> listed = new ArrayList<>();
    private long total;

    void add(Violation violation) {
        total++;
        if (listed.size() < LISTED) {
            listed.add(violation);
        }
    }

    /** Adds a violation that was found after those of later rows. */
    void addInOrder(Violation violation) {
        total++;
        if (listed.size() == LISTED && BY_POSITION.compare(listed.getLast(), violation) <= 0) {
            return;
        }
        listed.add(violation);
        listed.sort(BY_POSITION);
        if (listed.size() > LISTED) {
            listed.removeLast();
        }
    }

    List<Violation> listed() {
        return List.copyOf(listed);
    }

    long total() {
        return total;
    }
}
