package dev.tradingplatform.discovery.balancer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Picks the less loaded of two random endpoints (Mitzenmacher, "The Power of Two Choices in Randomized Load
 * Balancing"): as good as looking at all of them, without everybody running to the same one. Each is drawn by its share
 * (its SRV weight, less while it warms up), and its load is attempts in flight times latency, divided by the share.
 * Latencies up to twice the median and 5 ms count as equal: between like endpoints their differences are noise, and
 * following noise makes shares uneven.
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
        double[] shares = shares(candidates, now);
        int first = draw(shares, -1);
        int second = draw(shares, first);
        TrackedEndpoint one = candidates.get(first);
        TrackedEndpoint other = candidates.get(second);
        double usual = SAME_LATENCY_FACTOR * median(candidates, now) + SAME_LATENCY_NANOS;
        return better(other, shares[second], one, shares[first], usual, now) ? other : one;
    }

    /** With an average of 1. */
    private static double[] shares(List<TrackedEndpoint> candidates, long now) {
        double[] shares = new double[candidates.size()];
        double sum = 0;
        for (int index = 0; index < shares.length; index++) {
            TrackedEndpoint tracked = candidates.get(index);
            int weight = tracked.target().weight();
            shares[index] = (weight == 0 ? ZERO_WEIGHT : weight) * tracked.warmth(now);
            sum += shares[index];
        }
        double average = sum / shares.length;
        Arrays.setAll(shares, index -> shares[index] / average);
        return shares;
    }

    private int draw(double[] shares, int except) {
        double left = random.nextDouble() * (shares.length - (except < 0 ? 0 : shares[except]));
        int drawn = except;
        for (int index = 0; index < shares.length && left >= 0; index++) {
            if (index != except) {
                drawn = index;
                left -= shares[index];
            }
        }
        return drawn;
    }

    /**
     * Whether the other one is less loaded, both as they are and with the call. With the call alone, the heavier of two
     * that are idle would always take it, and the lighter never; without it, the lighter of two that are busy would
     * take more than its share. Where that does not tell, the first one stands, as it was drawn.
     */
    private static boolean better(
            TrackedEndpoint other, double othersShare, TrackedEndpoint one, double share, double usual, long now) {
        int othersCalls = other.inFlight();
        int calls = one.inFlight();
        double othersCost = cost(other, usual, now);
        double cost = cost(one, usual, now);
        return othersCost * (othersCalls / othersShare + 1) < cost * (calls / share + 1)
                && othersCost * (othersCalls + 1) / othersShare < cost * (calls + 1) / share;
    }

    private static double cost(TrackedEndpoint tracked, double usualLatency, long now) {
        double slowness = Math.max(1, tracked.latencyNanos(now) / usualLatency);
        double suspicion = tracked.suspect() ? SUSPECT_FACTOR : 1;
        // Squared: an endpoint eight times slower is no relief for two that have eight calls each in flight.
        return slowness * slowness * suspicion;
    }

    private static double median(List<TrackedEndpoint> candidates, long now) {
        double[] latencies = new double[candidates.size()];
        Arrays.setAll(latencies, index -> candidates.get(index).latencyNanos(now));
        Arrays.sort(latencies);
        // The lower one of two: with two endpoints the faster one is the measure.
        return latencies[(latencies.length - 1) / 2];
    }
}
