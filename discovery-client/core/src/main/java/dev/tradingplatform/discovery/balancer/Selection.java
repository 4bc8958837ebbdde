package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Picks the less loaded of two random endpoints (Mitzenmacher, "The Power of Two Choices in Randomized Load
 * Balancing"): almost as good as comparing all of them, but clients that know the same loads do not all pick the same
 * endpoint. Each is drawn by its share (its SRV weight, less while it warms up), and its load is attempts in flight
 * times latency, divided by the share. Immutable but for the endpoints.
 *
 * <p>A pick takes the same time whatever the number of endpoints, and allocates nothing: shares are added up when the
 * selection is made, and a draw looks up the sum.
 */
final class Selection {

    private static final double SUSPECT_FACTOR = 10;

    /** RFC 2782: a weight of 0 should be chosen rarely, not never. */
    private static final double ZERO_WEIGHT = 0.1;

    /** Draws that may hit an endpoint already tried before the others are looked through one by one. */
    private static final int MAX_DRAWS = 8;

    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final PooledEndpoint[] endpoints;

    /** With an average of 1. */
    private final double[] shares;

    /** The sum of the shares up to and including each. */
    private final double[] sums;

    /** For each whole number, the first endpoint whose sum is greater, so that a draw need not search all sums. */
    private final int[] starts;

    /** @param endpoints at least one */
    Selection(List<PooledEndpoint> endpoints, RandomGenerator random, LongSupplier nanoTime, long now) {
        this.random = random;
        this.nanoTime = nanoTime;
        this.endpoints = endpoints.toArray(PooledEndpoint[]::new);
        int size = this.endpoints.length;
        this.shares = new double[size];
        this.sums = new double[size];
        this.starts = new int[size + 1];
        Arrays.setAll(shares, index -> share(this.endpoints[index], now));
        double average = Arrays.stream(shares).sum() / size;
        double sum = 0;
        for (int index = 0; index < size; index++) {
            shares[index] /= average;
            sum += shares[index];
            sums[index] = sum;
        }
        int start = 0;
        for (int whole = 0; whole < size; whole++) {
            while (start < size - 1 && sums[start] <= whole) {
                start++;
            }
            starts[whole] = start;
        }
        starts[size] = size - 1;
    }

    private static double share(PooledEndpoint endpoint, long now) {
        int weight = endpoint.target().weight();
        return (weight == 0 ? ZERO_WEIGHT : weight) * endpoint.warmth(now);
    }

    List<PooledEndpoint> endpoints() {
        return List.of(endpoints);
    }

    int size() {
        return endpoints.length;
    }

    /** One more than there are, so that the first calls of an idle client count too. */
    double averageInFlight() {
        long sum = 0;
        for (PooledEndpoint endpoint : endpoints) {
            sum += endpoint.inFlight();
        }
        return 1 + (double) sum / endpoints.length;
    }

    /** Returns whether there are endpoints that were not tried. */
    boolean hasUntried(Collection<Endpoint> tried) {
        if (endpoints.length > tried.size()) {
            return true;
        }
        for (PooledEndpoint endpoint : endpoints) {
            if (!tried.contains(endpoint.endpoint())) {
                return true;
            }
        }
        return false;
    }

    /** @param usualLatency latencies up to this number of nanoseconds count as equal */
    PooledEndpoint pick(double usualLatency) {
        if (endpoints.length == 1) {
            return endpoints[0];
        }
        // One random number for both draws: 32 bits are more than enough for each.
        long bits = random.nextLong();
        int first = draw((bits >>> Integer.SIZE) * 0x1p-32);
        int second = drawOther(first, (bits & 0xFFFF_FFFFL) * 0x1p-32);
        return lessLoaded(first, second, usualLatency);
    }

    /** Picks among the endpoints that were not tried; empty if all were. */
    Optional<PooledEndpoint> pickUntried(Collection<Endpoint> tried, double usualLatency) {
        int first = drawUntried(tried, -1);
        int second = first < 0 ? -1 : drawUntried(tried, first);
        if (second < 0) {
            return first < 0 ? Optional.empty() : endpoints[first].picked();
        }
        return lessLoaded(first, second, usualLatency).picked();
    }

    private int drawUntried(Collection<Endpoint> tried, int except) {
        for (int draws = 0; draws < MAX_DRAWS; draws++) {
            int drawn = draw(random.nextDouble());
            if (drawn != except && !tried.contains(endpoints[drawn].endpoint())) {
                return drawn;
            }
        }
        double sum = 0;
        int drawn = -1;
        for (int index = 0; index < endpoints.length; index++) {
            if (index != except && !tried.contains(endpoints[index].endpoint())) {
                sum += shares[index];
                if (random.nextDouble() * sum < shares[index]) {
                    drawn = index;
                }
            }
        }
        return drawn;
    }

    /** @param fraction random, from 0 to 1, exclusive */
    private int draw(double fraction) {
        return find(fraction * endpoints.length);
    }

    private int drawOther(int except, double fraction) {
        double before = sums[except] - shares[except];
        double point = fraction * (endpoints.length - shares[except]);
        int drawn = find(point < before ? point : point + shares[except]);
        if (drawn != except) {
            return drawn;
        }
        // The sums are rounded, so a point at the border of the gap may fall into it.
        return except == 0 ? 1 : except - 1;
    }

    private int find(double point) {
        int whole = Math.min((int) point, endpoints.length - 1);
        int low = starts[whole];
        int high = starts[whole + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] <= point) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Returns the second endpoint if it is less loaded both without this call and with it. With the call alone, the
     * heavier of two idle endpoints would always be picked, and the lighter never; without it, the lighter of two busy
     * ones would get more than its share. Otherwise returns the first one, as it was drawn.
     */
    private PooledEndpoint lessLoaded(int first, int second, double usualLatency) {
        PooledEndpoint one = endpoints[first];
        PooledEndpoint other = endpoints[second];
        double cost = cost(one, usualLatency) * shares[second];
        double otherCost = cost(other, usualLatency) * shares[first];
        int calls = one.inFlight();
        int otherCalls = other.inFlight();
        // Both inequalities are multiplied by both shares.
        boolean better = otherCost * (otherCalls + shares[second]) < cost * (calls + shares[first])
                && otherCost * (otherCalls + 1) < cost * (calls + 1);
        return better ? other : one;
    }

    private double cost(PooledEndpoint endpoint, double usualLatency) {
        double suspicion = endpoint.penalised() ? SUSPECT_FACTOR : 1;
        if (endpoint.peakLatencyNanos() <= usualLatency) {
            return suspicion;
        }
        double slowness = Math.max(1, endpoint.latencyNanos(nanoTime.getAsLong()) / usualLatency);
        // Squared: an endpoint eight times slower is no relief for two that have eight calls each in flight.
        return slowness * slowness * suspicion;
    }
}
