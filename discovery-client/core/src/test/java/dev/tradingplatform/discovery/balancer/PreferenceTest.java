package dev.tradingplatform.discovery.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.balancer.TestPool.Attempt;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.test.ManualClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Zone affinity and slow start: what counts besides the load. */
class PreferenceTest {

    private static final Cidr OWN = new Cidr("10.0.1.0/24");

    private final ManualClock clock = new ManualClock();

    private EndpointPool pool(List<Cidr> own, Duration slowStart) {
        return new EndpointPool(clock, new Random(1), new Zone(own), slowStart);
    }

    private static void answer(EndpointPool pool, String... addresses) {
        List<Target> targets = Stream.of(addresses)
                .map(address -> new Target(new Endpoint(ip(address), 80), 1, 1))
                .toList();
        pool.update(new Resolution.Found(targets, true, Duration.ofSeconds(60), ""));
    }

    private static InetAddress ip(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns the number of calls by address of so many calls, which stay in flight. */
    private static Map<String, Integer> picks(EndpointPool pool, int calls, List<Attempt> inFlight) {
        Map<String, Integer> counts = new HashMap<>();
        for (int call = 0; call < calls; call++) {
            Attempt attempt = Attempt.of(pool.pick(List.of(), true).orElseThrow());
            counts.merge(attempt.pooled().endpoint().address().getHostAddress(), 1, Integer::sum);
            inFlight.add(attempt);
        }
        return counts;
    }

    /** As above, one call after the other. */
    private static Map<String, Integer> picks(EndpointPool pool, int calls) {
        Map<String, Integer> counts = new HashMap<>();
        for (int call = 0; call < calls; call++) {
            List<Attempt> inFlight = new ArrayList<>();
            picks(pool, 1, inFlight).forEach((address, count) -> counts.merge(address, count, Integer::sum));
            inFlight.getFirst().cancelled();
        }
        return counts;
    }

    @Test
    void staysInTheOwnZoneIfThereAreSixEndpoints() {
        EndpointPool pool = pool(List.of(OWN), Duration.ZERO);
        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.2.2", "10.0.3.1", "10.0.3.2");

        assertThat(picks(pool, 200)).containsOnlyKeys("10.0.1.1", "10.0.1.2");
    }

    @Test
    void usesAllZonesBelowSixEndpoints() {
        EndpointPool pool = pool(List.of(OWN), Duration.ZERO);
        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.2.2", "10.0.3.1");

        assertThat(picks(pool, 200)).hasSize(5);
    }

    @Test
    void usesAllZonesIfTheOwnZoneIsNotKnownOrHasNoEndpoint() {
        for (List<Cidr> own : List.of(List.<Cidr>of(), List.of(new Cidr("10.9.0.0/16")))) {
            EndpointPool pool = pool(own, Duration.ZERO);
            answer(pool, "10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.2.2", "10.0.3.1", "10.0.3.2");

            assertThat(picks(pool, 200)).hasSize(6);
        }
    }

    @Test
    void leavesTheZoneWhenItHasClearlyMoreInFlightThanTheAverage() {
        EndpointPool pool = pool(List.of(OWN), Duration.ZERO);
        answer(pool, "10.0.1.1", "10.0.2.1", "10.0.2.2", "10.0.2.3", "10.0.3.1", "10.0.3.2");
        List<Attempt> inFlight = new ArrayList<>();

        Map<String, Integer> counts = picks(pool, 60, inFlight);

        assertThat(counts).hasSize(6);
        assertThat(counts.get("10.0.1.1")).as("of 60, ten would be even").isBetween(11, 16);
        inFlight.forEach(Attempt::cancelled);
    }

    @Test
    void givesAnEndpointThatJoinsLaterItsShareStepByStep() {
        EndpointPool pool = pool(List.of(), Duration.ofSeconds(10));
        answer(pool, "10.0.1.1", "10.0.1.2");
        assertThat(picks(pool, 300).values()).as("the first endpoints at once").allMatch(count -> count > 100);

        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.1.3");
        List<Attempt> inFlight = new ArrayList<>();
        int cold = picks(pool, 90, inFlight).getOrDefault("10.0.1.3", 0);
        inFlight.forEach(Attempt::cancelled);
        clock.advance(Duration.ofSeconds(5));
        inFlight.clear();
        int warmer = picks(pool, 90, inFlight).getOrDefault("10.0.1.3", 0);
        inFlight.forEach(Attempt::cancelled);
        clock.advance(Duration.ofSeconds(6));
        inFlight.clear();
        int warm = picks(pool, 90, inFlight).getOrDefault("10.0.1.3", 0);
        inFlight.forEach(Attempt::cancelled);

        assertThat(cold).isBetween(1, 8);
        assertThat(warmer).isBetween(12, 24);
        assertThat(warm).isBetween(27, 33);
    }

    @Test
    void givesAnEndpointThatJoinsLaterItsShareStepByStepForASingleCallerToo() {
        EndpointPool pool = pool(List.of(), Duration.ofSeconds(10));
        answer(pool, "10.0.1.1", "10.0.1.2");
        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.1.3");

        int cold = picks(pool, 2_100).getOrDefault("10.0.1.3", 0);
        clock.advance(Duration.ofSeconds(5));
        int warmer = picks(pool, 2_100).getOrDefault("10.0.1.3", 0);
        clock.advance(Duration.ofSeconds(6));
        int warm = picks(pool, 2_100).getOrDefault("10.0.1.3", 0);

        assertThat(cold).as("0.1 of 2.1 shares").isBetween(60, 150);
        assertThat(warmer).as("0.5 of 2.5 shares").isBetween(340, 500);
        assertThat(warm).as("one of three").isBetween(600, 800);
    }

    @Test
    void prefersTheOwnZoneAsSoonAsItIsLearned() {
        Zone zone = new Zone(List.of());
        EndpointPool pool = new EndpointPool(clock, new Random(1), zone, Duration.ZERO);
        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.2.2", "10.0.3.1", "10.0.3.2");
        assertThat(picks(pool, 200)).hasSize(6);

        zone.learn(List.of(OWN));

        assertThat(picks(pool, 200)).containsOnlyKeys("10.0.1.1", "10.0.1.2");
    }

    @Test
    void failsOverWithinTheZoneAndThenToOtherZones() {
        EndpointPool pool = pool(List.of(OWN), Duration.ZERO);
        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.2.2", "10.0.3.1", "10.0.3.2");
        Endpoint first = new Endpoint(ip("10.0.1.1"), 80);
        Endpoint second = new Endpoint(ip("10.0.1.2"), 80);

        for (int pick = 0; pick < 50; pick++) {
            assertThat(pool.pick(List.of(first), true).orElseThrow().endpoint()).isEqualTo(second);
            assertThat(pool.pick(List.of(first, second), true).orElseThrow().endpoint())
                    .isNotIn(first, second);
        }
    }

    @Test
    void sharesEvenlyAmongManyEndpointsWhenTheZoneIsFull() {
        EndpointPool pool = pool(List.of(OWN), Duration.ZERO);
        String[] addresses = IntStream.range(0, 300)
                .mapToObj(number -> "10.0." + (number % 3 + 1) + "." + (number / 3 + 1))
                .toArray(String[]::new);
        answer(pool, addresses);
        List<Attempt> inFlight = new ArrayList<>();

        picks(pool, 3_000, inFlight);

        long own = inFlight.stream()
                .filter(attempt -> OWN.contains(attempt.pooled().endpoint().address()))
                .count();
        assertThat(own).as("a third would be 1,000").isBetween(1_300L, 1_500L);
    }
}
