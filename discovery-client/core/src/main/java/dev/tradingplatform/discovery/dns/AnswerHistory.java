package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.Endpoint;
import java.util.ArrayDeque;
import java.util.Deque;

/** Sees in the latest answers of one name what no single one shows. For one lookup at a time. */
final class AnswerHistory {

    /** Enough to see two endpoints come back in turn, few enough to forget a deployment. */
    private static final int REMEMBERED = 8;

    /** A deployment replaces an endpoint and may be rolled back; a rotation goes on. */
    private static final int FEWEST_RETURNS = 2;

    private final Deque<Endpoint> alone = new ArrayDeque<>();

    /**
     * The same resolution, with a remark on what it and those before it amount to. Where one record at a time goes
     * round, those before it have not left: the answer is a sample.
     */
    Resolution remarked(Resolution resolution) {
        if (!(resolution instanceof Resolution.Found found)) {
            return resolution;
        }
        if (!found.unresolved().isEmpty()) {
            return resolution;
        }
        if (found.targets().size() > 1) {
            alone.clear();
            return resolution;
        }
        if (alone.size() == REMEMBERED) {
            alone.removeFirst();
        }
        alone.addLast(found.targets().getFirst().endpoint());
        return returns() < FEWEST_RETURNS
                ? found
                : new Resolution.Found(
                        found.targets(), false, found.ttl(), joined(found.remark(), Diagnosis.ofRotation()));
    }

    /** How often an endpoint came back after another one had taken its place. */
    private long returns() {
        Deque<Endpoint> seen = new ArrayDeque<>();
        long returns = 0;
        for (Endpoint endpoint : alone) {
            if (!endpoint.equals(seen.peekLast())) {
                returns += seen.contains(endpoint) ? 1 : 0;
                seen.addLast(endpoint);
            }
        }
        return returns;
    }

    private static String joined(String one, String other) {
        return one.isEmpty() ? other : one + "; " + other;
    }
}
