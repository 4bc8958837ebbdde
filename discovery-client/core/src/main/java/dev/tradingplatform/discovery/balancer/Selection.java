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

    private static final long TOTAL = 1L << Integer.SIZE;
    private static final long MASK = TOTAL - 1;

    /** Draws that may hit an endpoint already tried before the others are looked through one by one. */
    private static final int MAX_DRAWS = 8;

    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final PooledEndpoint[] endpoints;

    /** With an average of 1. */
    private final double[] shares;

    /** The sums of the shares before each endpoint and of all, which is 2^32: exact, and wraps around by a mask. */
    private final long[] sums;

    /**
     * For each of as many equal ranges of points as there are endpoints, the endpoint of all its points; its complement
     * if the range has points of several endpoints, of which it is the first.
     */
    private final int[] ranges;

    /** @param endpoints at least one */
    Selection(List<PooledEndpoint> endpoints, RandomGenerator random, LongSupplier nanoTime, long now) {
        this.random = random;
        this.nanoTime = nanoTime;
        this.endpoints = endpoints.toArray(PooledEndpoint[]::new);
        int size = this.endpoints.length;
        this.shares = new double[size];
        this.sums = new long[size + 1];
        this.ranges = new int[size];
        Arrays.setAll(shares, index -> share(this.endpoints[index], now));
        double average = Arrays.stream(shares).sum() / size;
        double sum = 0;
        for (int index = 0; index < size; index++) {
            shares[index] /= average;
            sum += shares[index];
            sums[index + 1] = Math.min(TOTAL, (long) Math.ceil(sum * TOTAL / size));
        }
        sums[size] = TOTAL;
        int first = 0;
        for (int range = 0; range < size; range++) {
            first = endpointAt(Math.ceilDiv(range * TOTAL, size), first);
            int last = endpointAt(Math.ceilDiv((range + 1) * TOTAL, size) - 1, first);
            ranges[range] = first == last ? first : ~first;
        }
    }

    private int endpointAt(long point, int from) {
        int index = from;
        while (sums[index + 1] <= point) {
            index++;
        }
        return index;
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
        // One random number for both draws.
        long bits = random.nextLong();
        int first = draw(bits >>> Integer.SIZE);
        int second = drawOther(first, bits & MASK);
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
            int drawn = draw(random.nextLong() >>> Integer.SIZE);
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

    /** @param point random, below 2^32 */
    private int draw(long point) {
        int index = ranges[(int) ((point * endpoints.length) >>> Integer.SIZE)];
        return index >= 0 ? index : search(point, ~index);
    }

    private int search(long point, int from) {
        int low = from;
        int high = endpoints.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle + 1] <= point) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Draws among the points after those of the given endpoint, and on from zero. */
    private int drawOther(int except, long point) {
        long others = TOTAL - (sums[except + 1] - sums[except]);
        return draw((sums[except + 1] + ((point * others) >>> Integer.SIZE)) & MASK);
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
