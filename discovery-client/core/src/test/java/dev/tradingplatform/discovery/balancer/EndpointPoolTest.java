package dev.tradingplatform.discovery.balancer;

import static dev.tradingplatform.discovery.balancer.TestPool.endpoint;
import static dev.tradingplatform.discovery.balancer.TestPool.found;
import static dev.tradingplatform.discovery.balancer.TestPool.ports;
import static dev.tradingplatform.discovery.balancer.TestPool.srv;
import static dev.tradingplatform.discovery.balancer.TestPool.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.balancer.TestPool.Attempt;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Which endpoints the pool knows, and what it shows of them. */
class EndpointPoolTest {

    private static final Duration TTL = Duration.ofSeconds(60);

    private final TestPool test = new TestPool();
    private final EndpointPool pool = test.pool;

    @Test
    void completeAnswerRemovesEndpointsThatItDoesNotListAtOnce() {
        test.complete(1, 2, 3);
        test.complete(2, 4);

        assertThat(test.picked(200)).containsExactlyInAnyOrder(2, 4);
        assertThat(test.state(1)).isEqualTo(EndpointState.REMOVED);
    }

    @Test
    void partialAnswerKeepsEndpointsThatItDoesNotListUntilAConnectionFailsAsWell() {
        test.partial(1, 2, 3, 4, 5, 6, 7, 8);
        test.partial(5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(test.picked(2_000)).hasSize(12);

        test.attempt(1).failed(FailureKind.UNREACHABLE);
        test.attempt(9).failed(FailureKind.UNREACHABLE);
        test.probe(9, false);

        assertThat(test.state(1)).isEqualTo(EndpointState.REMOVED);
        assertThat(test.state(9)).as("listed").isEqualTo(EndpointState.EJECTED);
        assertThat(test.picked(2_000)).hasSize(10);
    }

    @Test
    void partialAnswerRemovesAnEndpointThatItDoesNotListAndThatCouldNotBeReachedBefore() {
        test.partial(1, 2, 3, 4, 5, 6, 7, 8);
        test.attempt(1).failed(FailureKind.UNREACHABLE);
        test.attempt(2).failed(FailureKind.BROKEN);

        test.partial(5, 6, 7, 8, 9, 10, 11, 12);

        assertThat(test.state(1)).isEqualTo(EndpointState.REMOVED);
        assertThat(test.state(2)).as("it could be reached").isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void partialAnswerKeepsAnEndpointThatHasBeenReachedSinceAConnectionFailed() {
        test.partial(1, 2, 3, 4, 5, 6, 7, 8);
        test.attempt(1).failed(FailureKind.UNREACHABLE);
        test.probe(1, true);

        test.partial(5, 6, 7, 8, 9, 10, 11, 12);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void failedProbeRemovesAnEndpointThatAPartialAnswerDoesNotList() {
        test.partial(1, 2, 3, 4, 5, 6, 7, 8);
        test.attempt(1).failed(FailureKind.STALE_CONNECTION);
        test.partial(5, 6, 7, 8, 9, 10, 11, 12);

        test.probe(1, false);

        assertThat(test.state(1)).isEqualTo(EndpointState.REMOVED);
    }

    @Test
    void removesAnEndpointThatRespondsForAnotherServiceAndIsNotListedAnyMore() {
        test.partial(1, 2, 3, 4, 5, 6, 7, 8);
        test.attempt(1).failed(FailureKind.FOREIGN);
        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);

        test.partial(3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(test.state(1)).as("found out before").isEqualTo(EndpointState.REMOVED);

        test.attempt(2).failed(FailureKind.FOREIGN);
        assertThat(test.state(2)).as("found out later").isEqualTo(EndpointState.REMOVED);
    }

    @Test
    void completeAnswerAfterPartialOnesRemovesAtOnce() {
        test.partial(1, 2, 3, 4, 5, 6, 7, 8);
        test.partial(9, 10, 11, 12, 13, 14, 15, 16);
        test.partial(17, 18, 19, 20, 1, 2, 3, 4);
        test.complete(1, 5, 9, 13, 17);

        assertThat(test.picked(500)).containsExactlyInAnyOrder(1, 5, 9, 13, 17);
    }

    @Test
    void removesAMissingEndpointThoughTheAddressOfAnotherOneCouldNotBeResolved() {
        test.answer(srv(1, "one"), srv(2, "two"), srv(3, "three"));

        pool.update(new Resolution.Found(List.of(srv(1, "one")), true, Set.of("two"), false, TTL, ""));

        assertThat(test.picked(200)).containsExactlyInAnyOrder(1, 2);
        assertThat(test.state(3)).isEqualTo(EndpointState.REMOVED);
        test.attempt(2).failed(FailureKind.UNREACHABLE);
        assertThat(test.state(2)).isEqualTo(EndpointState.REMOVED);
    }

    @Test
    void failedOrEmptyAnswerRemovesNothing() {
        test.complete(1, 2);
        pool.update(new Resolution.Absent(Duration.ZERO, "NXDOMAIN", false));
        pool.update(new Resolution.Unavailable("SERVFAIL"));

        assertThat(test.picked(50)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void drainsARemovedEndpointWithAttemptsInFlight() {
        test.complete(1, 2);
        Attempt inFlight = test.attempt(1);
        test.complete(2);

        assertThat(test.state(1)).isEqualTo(EndpointState.DRAINING);
        assertThat(pool.removed()).isEmpty();
        inFlight.succeeded();
        assertThat(test.state(1)).isEqualTo(EndpointState.REMOVED);
        assertThat(ports(pool.removed())).containsExactly(1);
    }

    @Test
    void doesNotPickAnEndpointThatIsRemovedDuringThePick() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Random seeded = new Random(1);
        RandomGenerator eventful = () -> {
            meanwhile.getAndSet(() -> {}).run();
            return seeded.nextLong();
        };
        EndpointPool watched = new EndpointPool(new ManualClock(), eventful, new Zone(List.of()), Duration.ZERO);
        Target one = target(1, 1, 1);
        Target two = target(2, 1, 1);
        for (int pick = 0; pick < 50; pick++) {
            watched.update(found(true, one, two));
            meanwhile.set(() -> watched.update(found(true, two)));

            PooledEndpoint picked = watched.pick(List.of(), true).orElseThrow();

            assertThat(picked.endpoint().port()).isEqualTo(2);
            assertThat(ports(watched.removed())).containsExactly(1);
        }
    }

    @Test
    void takesBackAnEndpointThatIsListedAgain() {
        test.complete(1, 2);
        test.complete(2);
        test.complete(1, 2);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
        assertThat(test.picked(50)).contains(1);
    }

    @Test
    void listsARemovedEndpointForAMinute() {
        test.complete(1, 2);
        test.complete(2);
        test.clock.advance(Duration.ofSeconds(59));
        test.complete(2);
        assertThat(pool.status(test.clock.instant())).hasSize(2);

        test.clock.advance(Duration.ofSeconds(2));
        test.complete(2);

        assertThat(pool.status(test.clock.instant())).hasSize(1);
    }

    @Test
    void doesNotPickWhatWasTried() {
        test.complete(1, 2, 3);

        for (int pick = 0; pick < 50; pick++) {
            assertThat(pool.pick(List.of(endpoint(1), endpoint(2)), true)
                            .orElseThrow()
                            .endpoint()
                            .port())
                    .isEqualTo(3);
        }
        assertThat(pool.pick(List.of(endpoint(1), endpoint(2), endpoint(3)), true))
                .isEmpty();
        assertThat(pool.hasOther(List.of(endpoint(1), endpoint(2), endpoint(3))))
                .isFalse();
    }

    @Test
    void emptyPoolPicksNothing() {
        assertThat(pool.isEmpty()).isTrue();
        assertThat(pool.pick(List.of(), true)).isEmpty();
        assertThat(pool.noneAcceptsCalls()).isTrue();
        assertThat(pool.hasOther(List.of())).isFalse();
        assertThat(pool.acceptingCalls()).isEmpty();
        assertThat(pool.untilNextProbe()).isEmpty();
    }

    @Test
    void knowsAnotherEndpointOnlyIfItAcceptsCallsOrNoneDoes() {
        test.complete(1, 2, 3);
        assertThat(pool.hasOther(List.of(endpoint(1), endpoint(2)))).isTrue();

        test.breaks(3);
        assertThat(pool.hasOther(List.of(endpoint(1), endpoint(2)))).isFalse();

        test.attempt(1).failed(FailureKind.FOREIGN);
        test.attempt(2).failed(FailureKind.FOREIGN);
        assertThat(pool.noneAcceptsCalls()).isTrue();
        assertThat(pool.hasOther(List.of(endpoint(1), endpoint(2)))).isTrue();
    }

    @Test
    void knowsWhetherAnEndpointAnsweredLately() {
        test.complete(1, 2);
        assertThat(pool.answeredWithin(Duration.ofSeconds(10))).isFalse();

        test.attempt(1).succeeded();
        test.clock.advance(Duration.ofSeconds(9));
        test.attempt(2).failed(FailureKind.SERVER_ERROR);
        assertThat(pool.answeredWithin(Duration.ofSeconds(10))).isTrue();

        test.clock.advance(Duration.ofSeconds(2));
        assertThat(pool.answeredWithin(Duration.ofSeconds(10))).isFalse();
    }

    @Test
    void showsWhatAnEndpointDid() {
        test.complete(1);
        test.clock.advance(Duration.ofSeconds(3));
        test.complete(1);
        for (int call = 1; call <= 20; call++) {
            Attempt attempt = test.attempt();
            test.clock.advance(Duration.ofMillis(call));
            attempt.succeeded();
        }
        test.attempt().failed(FailureKind.SERVER_ERROR);
        test.attempt().cancelled();
        Attempt open = test.attempt();

        EndpointStatus status = test.status(1);
        assertThat(status.attempts()).isEqualTo(23);
        assertThat(status.failures()).isOne();
        assertThat(status.inFlight()).isOne();
        assertThat(status.p50()).isEqualTo(Duration.ofMillis(10));
        assertThat(status.p95()).isEqualTo(Duration.ofMillis(19));
        assertThat(Duration.between(status.firstSeen(), status.lastSeen())).isEqualTo(Duration.ofSeconds(3));
        open.cancelled();
        assertThat(test.status(1).inFlight()).isZero();
    }

    @Test
    void measuresTheLatencyOfTheServiceOverAllEndpoints() {
        test.complete(1, 2, 3);
        assertThat(pool.latencyP95()).isEqualTo(Duration.ZERO);

        for (int call = 0; call < 3_000; call++) {
            Attempt attempt = test.attempt();
            test.clock.advance(Duration.ofMillis(attempt.port() == 1 ? 9 : 3));
            attempt.succeeded();
        }
        assertThat(pool.latencyP95()).isEqualTo(Duration.ofMillis(9));

        for (int call = 0; call < 3_000; call++) {
            Attempt attempt = test.attempt();
            test.clock.advance(Duration.ofMillis(2));
            attempt.succeeded();
        }
        assertThat(pool.latencyP95()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void measuresTheLatencyOfTheServiceOnlyFromTwentyDurationsOn() {
        test.complete(1, 2, 3);
        int calls = 0;
        // In less than the 50 ms after which the latency is measured again.
        for (; pool.latencyP95().isZero() && calls < 40; calls++) {
            Attempt attempt = test.attempt();
            test.clock.advance(Duration.ofMillis(1));
            attempt.succeeded();
        }

        assertThat(pool.latencyP95()).isEqualTo(Duration.ofMillis(1));
        assertThat(calls).isBetween(20, 40);
        assertThat(test.status(1).p50()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void measuresAtLeastAMicrosecond() {
        test.complete(1);
        for (int call = 0; call < 20_000; call++) {
            Attempt attempt = test.attempt();
            test.clock.advance(Duration.ofNanos(101));
            attempt.succeeded();
        }

        assertThat(pool.latencyP95()).isEqualTo(Duration.ofNanos(1_000));
    }

    @Test
    void refusesANegativeSlowStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestPool(new Zone(List.of()), Duration.ofSeconds(-1)))
                .withMessage("slow start: PT-1S (expected: zero or more)");
    }

    @Test
    void reportsEndpointsThatAreFoundAndRemoved() {
        test.complete(1, 2);
        Attempt inFlight = test.attempt(1);
        test.complete(2);
        inFlight.succeeded();

        assertThat(test.events)
                .containsExactly(
                        "1 ACTIVE (in DNS)",
                        "2 ACTIVE (in DNS)",
                        "1 DRAINING (no longer in DNS)",
                        "1 REMOVED (no longer in DNS)");
    }

    @Test
    void reportsTheRemovalAgainWhenALateAttemptEnds() {
        test.complete(1, 2);
        Attempt attempt = test.attempt(1);
        attempt.cancelled();
        test.complete(2);
        test.events.clear();

        Attempt.of(attempt.pooled()).succeeded();

        assertThat(test.events).containsExactly("1 REMOVED (no longer in DNS)");
    }

    @Test
    void reportsWhatAttemptsAndProbesChangeAtOnce() {
        test.complete(1, 2, 3);
        test.events.clear();

        test.attempt(1).failed(FailureKind.UNREACHABLE);
        assertThat(test.events).containsExactly("1 SUSPECT (no connection)", "probe");
        test.probe(1, false);
        test.clock.advance(Duration.ofMillis(200));
        test.probe(1, true);
        test.attempt(2).succeededDraining();

        assertThat(test.events)
                .containsExactly(
                        "1 SUSPECT (no connection)",
                        "probe",
                        "1 EJECTED (no connection, 2 times in a row)",
                        "probe",
                        "1 ACTIVE (in DNS)",
                        "2 DRAINING (announces its shutdown)");
    }

    @Test
    void reportsWhatTimeChangedWhenThePoolIsUsedNext() {
        test.complete(1, 2);
        test.attempt(1).succeededDraining();
        test.events.clear();

        test.clock.advance(Duration.ofSeconds(11));
        test.picked(1);

        assertThat(test.events).containsExactly("1 ACTIVE (in DNS)");
    }

    @Test
    void reportsAnEndpointThatFailsNowAndThenOncePerSecond() {
        test.complete(1, 2);
        test.events.clear();

        for (int call = 0; call < 10_000; call++) {
            Attempt attempt = test.attempt(1);
            test.clock.advance(Duration.ofMillis(1));
            if (call % 10 == 0) {
                attempt.failed(FailureKind.SERVER_ERROR);
            } else {
                attempt.succeeded();
            }
        }

        assertThat(test.events).hasSizeBetween(10, 20);
        test.clock.advance(Duration.ofSeconds(2));
        test.attempt(1).succeeded();
        assertThat(test.events).last().isEqualTo("1 ACTIVE (in DNS)");
    }

    @Test
    void listenerMayUseThePool() {
        AtomicReference<Runnable> first = new AtomicReference<>(() -> {});
        StringBuilder log = new StringBuilder();
        EndpointPool reporting = new EndpointPool(
                new ManualClock(), new Random(1), new Zone(List.of()), Duration.ZERO, (endpoint, state, reason) -> {
                    first.getAndSet(() -> {}).run();
                    log.append(endpoint.port()).append(' ').append(state).append(", ");
                });
        first.set(() -> reporting.update(found(true, target(3, 1, 1))));

        reporting.update(found(true, target(1, 1, 1), target(2, 1, 1)));

        assertThat(log).hasToString("1 ACTIVE, 2 ACTIVE, 1 REMOVED, 2 REMOVED, 3 ACTIVE, ");
    }

    @Test
    void tellsTheNamesThatTheServiceNameIsAnAliasOf() {
        pool.update(found(true, new Target(endpoint(1), 1, 1, "", Set.of("real.example"))));

        assertThat(test.attempt().pooled().aliases()).containsExactly("real.example");
        List<Endpoint> accepting = pool.acceptingCalls();
        assertThat(accepting).containsExactly(endpoint(1));
    }
}
