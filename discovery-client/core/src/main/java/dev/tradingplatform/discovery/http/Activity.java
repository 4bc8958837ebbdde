package dev.tradingplatform.discovery.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the rules for failures do for one service. Safe for concurrent use. */
final class Activity {

    /** What is counted; see {@link dev.tradingplatform.discovery.ServiceActivity}. */
    enum Event {
        RETRY,
        HEDGED_ATTEMPT,
        STALE_CONNECTION,
        PAUSE,
        PROBE,
        PARTIAL_ANSWER
    }

    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

    Activity() {
        for (Event event : Event.values()) {
            counts.put(event, new LongAdder());
        }
    }

    void count(Event event) {
        Objects.requireNonNull(counts.get(event)).increment();
    }

    long get(Event event) {
        return Objects.requireNonNull(counts.get(event)).sum();
    }
}
