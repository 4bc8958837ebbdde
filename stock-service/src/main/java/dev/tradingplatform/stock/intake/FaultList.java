package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts what is wrong with a body, and keeps the first of it. For one thread. */
final class FaultList {

    private static final int LISTED = 100;
    private static final Comparator<Violation> BY_PLACE = Comparator.comparingLong(Violation::position);

    private final List<Violation> listed = new ArrayList<>();
    private long total;
    private long rows;

    void add(Violation violation) {
        total++;
        if (listed.size() < LISTED) {
            listed.add(violation);
        }
    }

    /** Takes what is found only afterwards, at any place of the body. */
    void addLate(Violation violation) {
        total++;
        if (listed.size() == LISTED && BY_PLACE.compare(listed.getLast(), violation) <= 0) {
            return;
        }
        listed.add(violation);
        listed.sort(BY_PLACE);
        if (listed.size() > LISTED) {
            listed.removeLast();
        }
    }

    void countRow() {
        rows++;
    }

    Harvest.Faults faults(boolean fatal) {
        return new Harvest.Faults(List.copyOf(listed), total, rows, fatal);
    }
}
