package dev.tradingplatform.discovery.balance;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Picks the less loaded of two random endpoints (Mitzenmacher, "The Power of Two Choices in Randomized Load
 * Balancing"): as good as looking at all of them, without everybody running to the same one. Load is attempts in flight
 * times latency, divided by the SRV weight. Latencies up to twice the median and 5 ms count as equal: between like
 * endpoints their differences are noise, and following noise makes shares uneven.
 */
final class PowerOfTwoChoices {

    private static final double SAME_LATENCY_FACTOR = 2;
    private static final double SAME_LATENCY_NANOS = 5e6;
    private static final double SUSPECT_FACTOR = 10;

    /** RFC 2782: a weight of 0 should be chosen rarely, not never. */
    private static final double ZERO_WEIGHT = 0.1;

    private final RandomGenerator random;

    PowerOfTwoChoices(RandomGenerator random) {
        this.random = random;
    }

    /** @param candidates at least one */
    TrackedEndpoint pick(List<TrackedEndpoint> candidates, long now) {
        int size = candidates.size();
        if (size == 1) {
            return candidates.getFirst();
        }
        int first = random.nextInt(size);
        int second = random.nextInt(size - 1);
        TrackedEndpoint one = candidates.get(first);
        TrackedEndpoint other = candidates.get(second < first ? second : second + 1);
        double usual = SAME_LATENCY_FACTOR * median(candidates, now) + SAME_LATENCY_NANOS;
        return load(one, usual, now) <= load(other, usual, now) ? one : other;
    }

    private static double load(TrackedEndpoint tracked, double usualLatency, long now) {
        double slowness = Math.max(1, tracked.latencyNanos(now) / usualLatency);
        double suspicion = tracked.suspect() ? SUSPECT_FACTOR : 1;
        int weight = tracked.target().weight();
        double share = (weight == 0 ? ZERO_WEIGHT : weight) * tracked.warmth(now);
        // Squared: an endpoint eight times slower is no relief for two that have eight calls each in flight.
        return (tracked.inFlight() + 1) * slowness * slowness * suspicion / share;
    }

    private static double median(List<TrackedEndpoint> candidates, long now) {
        double[] latencies = new double[candidates.size()];
        Arrays.setAll(latencies, index -> candidates.get(index).latencyNanos(now));
        Arrays.sort(latencies);
        // The lower one of two: with two endpoints the faster one is the measure.
        return latencies[(latencies.length - 1) / 2];
    }
}
