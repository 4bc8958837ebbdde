package dev.tradingplatform.discovery.balancer;

import static dev.tradingplatform.discovery.balancer.TestPool.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.balancer.TestPool.Attempt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How calls are shared among endpoints that accept calls. */
class PickTest {

    private final TestPool test = new TestPool();

    /** Makes calls one after the other, so that a slow call advances the clock as far as many fast ones. */
    private int[] counts(int calls, int maxPort, IntFunction<Duration> latency) {
        int[] counts = new int[maxPort + 1];
        for (int call = 0; call < calls; call++) {
            Attempt attempt = test.attempt();
            counts[attempt.port()]++;
            test.clock.advance(latency.apply(attempt.port()));
            attempt.succeeded();
        }
        return counts;
    }

    @Test
    void prefersTheLowestPriorityAndUsesTheNextWhenNoEndpointOfItAcceptsCalls() {
        test.answer(target(1, 1, 1), target(2, 1, 1), target(3, 2, 1));
        assertThat(test.picked(200)).containsExactlyInAnyOrder(1, 2);

        test.breaks(1, 2);

        assertThat(test.pickedOnce(200)).containsExactly(3);
    }

    @Test
    void usesTheNextPriorityWhenAllOfTheLowestWereTried() {
        test.answer(target(1, 1, 1), target(2, 1, 1), target(3, 2, 1));

        for (int pick = 0; pick < 50; pick++) {
            PooledEndpoint picked = test.pool
                    .pick(List.of(TestPool.endpoint(1), TestPool.endpoint(2)), true)
                    .orElseThrow();
            assertThat(picked.endpoint().port()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8, 16, 64})
    void sharesByWeightWhateverTheNumberOfCallsInFlight(int callers) {
        test.answer(target(1, 1, 1), target(2, 1, 2), target(3, 1, 3));
        int[] counts = new int[4];
        Deque<Attempt> inFlight = new ArrayDeque<>();
        for (int call = 0; call < 6_000; call++) {
            if (inFlight.size() == callers) {
                inFlight.removeFirst().cancelled();
            }
            Attempt attempt = test.attempt();
            counts[attempt.port()]++;
            inFlight.addLast(attempt);
        }
        inFlight.forEach(Attempt::cancelled);

        assertThat(counts[1]).isBetween(650, 1_300);
        assertThat(counts[2]).isBetween(1_600, 2_500);
        assertThat(counts[3]).isBetween(2_500, 3_500);
    }

    @Test
    void sharesExactlyByWeightForASingleCaller() {
        test.answer(target(1, 1, 10), target(2, 1, 20), target(3, 1, 30), target(4, 1, 40));

        int[] counts = test.counts(100_000, 4);

        for (int port = 1; port <= 4; port++) {
            assertThat(counts[port] / 100_000.0).as("port " + port).isBetween(0.1 * port - 0.01, 0.1 * port + 0.01);
        }
    }

    @Test
    void drawsTheSecondOfTwoChoicesByWeightToo() {
        test.answer(target(1, 1, 97), target(2, 1, 1), target(3, 1, 2));
        Attempt[] busy = new Attempt[200];
        for (int call = 0; call < busy.length; call++) {
            busy[call] = test.attempt(1);
        }

        int[] counts = test.counts(30_000, 3);

        // Drawn first 1 and 3 % of the time, and second 97 % of it, one third and two thirds.
        assertThat(counts[1]).isLessThan(100);
        assertThat(counts[2] / 30_000.0).isBetween(0.31, 0.36);
        assertThat(counts[3] / 30_000.0).isBetween(0.64, 0.69);
    }

    @Test
    void picksAWeightOfZeroRarelyButNotNever() {
        test.answer(target(1, 1, 0), target(2, 1, 10));

        assertThat(test.counts(2_000, 2)[1]).isBetween(5, 50);
    }

    @Test
    void reachesEveryEndpointWhateverTheWeights() {
        test.answer(IntStream.rangeClosed(1, 100)
                .mapToObj(port -> target(port, 1, port == 50 ? 1_000 : port % 3))
                .toArray(dev.tradingplatform.discovery.dns.Target[]::new));
        Attempt[] busy = new Attempt[100_000];
        for (int call = 0; call < busy.length; call++) {
            busy[call] = test.attempt(50);
        }

        assertThat(test.picked(20_000)).hasSizeBetween(99, 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 64, 1_000})
    void sharesEvenlyAmongEqualEndpoints(int endpoints) {
        test.partial(IntStream.rangeClosed(1, endpoints).toArray());

        int[] counts = test.counts(endpoints * 1_000, endpoints);

        IntStream.of(counts).skip(1).forEach(count -> assertThat(count).isBetween(850, 1_150));
    }

    @Test
    void sharesEvenlyAmongTwentyDespiteNoise() {
        test.partial(IntStream.rangeClosed(1, 20).toArray());
        Random noise = new Random(7);

        int[] counts = counts(40_000, 20, port -> Duration.ofNanos(3_000_000 + noise.nextInt(2_000_000)));

        IntStream.of(counts).skip(1).forEach(count -> assertThat(count).isBetween(1_700, 2_300));
    }

    @Test
    void keepsTheNumberOfAttemptsInFlightEven() {
        test.partial(IntStream.rangeClosed(1, 10).toArray());

        for (int call = 0; call < 1_000; call++) {
            test.attempt();
        }

        for (int port = 1; port <= 10; port++) {
            assertThat(test.status(port).inFlight()).isBetween(95, 105);
        }
    }

    @Test
    void avoidsASlowEndpointWhateverItsWeight() {
        test.answer(target(1, 1, 1), target(2, 1, 3));

        int[] counts = counts(1_000, 2, port -> Duration.ofMillis(port == 2 ? 204 : 4));

        assertThat(counts[2]).isBetween(1, 50);
    }

    @Test
    void givesASlowEndpointLessThanATwentiethAndItsShareBackWhenItIsFast() {
        test.complete(1, 2, 3);
        int[] slow = counts(3_000, 3, port -> Duration.ofMillis(port == 1 ? 204 : 4));
        assertThat(slow[1]).isBetween(1, 150);

        test.clock.advance(Duration.ofSeconds(7));
        int[] recovered = counts(3_000, 3, port -> Duration.ofMillis(4));
        assertThat(recovered[1]).isBetween(850, 1_150);
    }

    @Test
    void oneSlowResponseChangesNothing() {
        test.complete(1, 2, 3);
        Attempt cold = test.attempt(1);
        test.clock.advance(Duration.ofMillis(500));
        cold.succeeded();

        int[] counts = counts(3_000, 3, port -> Duration.ofMillis(4));

        assertThat(counts[1]).isBetween(850, 1_150);
    }

    @Test
    void givesTheSlowOneOfTwoAtMostAQuarterOfTheCallsThatRunAtTheSameTime() {
        test.complete(1, 2);
        int[] counts = new int[3];
        Deque<Attempt> fast = new ArrayDeque<>();
        Deque<Attempt> slow = new ArrayDeque<>();
        for (int tick = 0; tick < 4_000; tick++) {
            Attempt attempt = test.attempt();
            counts[attempt.port()]++;
            (attempt.port() == 1 ? slow : fast).addLast(attempt);
            test.clock.advance(Duration.ofMillis(5));
            long now = test.clock.getAsLong();
            while (!slow.isEmpty() && now - slow.getFirst().begin() >= 800_000_000L) {
                slow.removeFirst().succeeded();
            }
            while (!fast.isEmpty() && now - fast.getFirst().begin() >= 10_000_000L) {
                fast.removeFirst().succeeded();
            }
        }

        assertThat(counts[1] / 4_000.0).isBetween(0.001, 0.25);
    }

    @Test
    void learnsTheLatencyOfAnEndpointWhoseAttemptsAreAlwaysOutpaced() {
        test.complete(1, 2, 3);
        int[] counts = new int[4];
        for (int call = 0; call < 3_000; call++) {
            Attempt attempt = test.attempt();
            counts[attempt.port()]++;
            test.clock.advance(Duration.ofMillis(4));
            if (attempt.port() == 1) {
                test.clock.advance(Duration.ofMillis(30));
                Attempt hedge = Attempt.of(test.pool
                        .pick(List.of(attempt.pooled().endpoint()), true)
                        .orElseThrow());
                test.clock.advance(Duration.ofMillis(4));
                hedge.succeeded();
                attempt.outpaced();
                // Now and then the endpoint does respond, so that it is not ejected.
                if (call % 2 == 0) {
                    Attempt post = test.attempt(1);
                    test.clock.advance(Duration.ofMillis(38));
                    post.succeeded();
                }
            } else {
                attempt.succeeded();
            }
        }

        assertThat(counts[1]).isBetween(1, 300);
    }

    @Test
    void picksSuspectEndpointsOnlyIfTheOthersAreTenTimesBusier() {
        test.complete(1, 2);
        test.attempt(1).failed(FailureKind.GATEWAY_STATUS);

        assertThat(test.picked(200)).containsExactly(2);
        int[] counts = new int[3];
        for (int call = 0; call < 22; call++) {
            counts[test.attempt().port()]++;
        }
        assertThat(counts[1]).isEqualTo(2);

        test.clock.advance(Duration.ofMillis(1_001));
        assertThat(test.attempt().port()).as("a second later").isEqualTo(1);
    }

    @Test
    void failoverIsSharedByWeightToo() {
        test.answer(target(1, 1, 5), target(2, 1, 1), target(3, 1, 3), target(4, 1, 1_000));
        int[] counts = new int[5];
        for (int call = 0; call < 20_000; call++) {
            Attempt attempt = Attempt.of(test.pool
                    .pick(Set.of(TestPool.endpoint(1), TestPool.endpoint(4)), true)
                    .orElseThrow());
            counts[attempt.port()]++;
            attempt.cancelled();
        }

        assertThat(counts[1]).isZero();
        assertThat(counts[4]).isZero();
        assertThat(counts[2] / 20_000.0).isBetween(0.23, 0.27);
    }
}
