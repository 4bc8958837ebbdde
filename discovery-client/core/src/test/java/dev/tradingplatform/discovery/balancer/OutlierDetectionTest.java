package dev.tradingplatform.discovery.balancer;

import static dev.tradingplatform.discovery.balancer.TestPool.endpoint;
import static dev.tradingplatform.discovery.balancer.TestPool.ports;
import static dev.tradingplatform.discovery.balancer.TestPool.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.balancer.TestPool.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures eject an endpoint, and what readmits it. */
class OutlierDetectionTest {

    private final TestPool test = new TestPool();
    private final EndpointPool pool = test.pool;

    private void fails(int port, FailureKind kind, int times) {
        for (int failures = 0; failures < times; failures++) {
            test.attempt(port).failed(kind);
        }
    }

    /** Fills the window of the others, so that there is something to compare with. */
    private void succeed(int times, int... ports) {
        for (int port : ports) {
            for (int call = 0; call < times; call++) {
                test.attempt(port).succeeded();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"BROKEN", "TIMED_OUT", "FOREIGN"})
    void ejectsAfterOneFailureOfAKindThatIsCertain(FailureKind kind) {
        test.complete(1, 2, 3);

        test.attempt(1).failed(kind);

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
        assertThat(test.status(1).reason()).isEqualTo(kind.description());
        assertThat(test.picked(200)).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void otherCallsAvoidAnEndpointWhileItsFailureIsBeingCounted() {
        Random random = new Random(1);
        List<Integer> pickedMeanwhile = new ArrayList<>();
        List<EndpointPool> counting = new ArrayList<>();
        RandomGenerator picking = new RandomGenerator() {
            @Override
            public long nextLong() {
                return random.nextLong();
            }

            @Override
            public double nextDouble() {
                // For the ejection time: the failure is counted, and the endpoint is still in the rotation.
                counting.forEach(pool -> {
                    for (int call = 0; call < 50; call++) {
                        pickedMeanwhile.add(pool.pick(List.of(), true)
                                .orElseThrow()
                                .endpoint()
                                .port());
                    }
                });
                return random.nextDouble();
            }
        };
        EndpointPool failing = new EndpointPool(test.clock, picking, new Zone(List.of()), Duration.ZERO);
        failing.update(TestPool.found(true, target(1, 1, 1), target(2, 1, 1), target(3, 1, 1)));
        PooledEndpoint endpoint =
                failing.pick(List.of(endpoint(2), endpoint(3)), true).orElseThrow();
        long begin = endpoint.begin();
        counting.add(failing);

        endpoint.failed(begin, FailureKind.BROKEN);

        assertThat(pickedMeanwhile).hasSizeGreaterThanOrEqualTo(50).doesNotContain(1);
    }

    @Test
    void oneFailedConnectionMakesAnEndpointSuspectAndAsksForAProbeAtOnce() {
        test.complete(1, 2, 3);

        test.attempt(1).failed(FailureKind.UNREACHABLE);

        assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);
        assertThat(test.picked(200)).containsExactlyInAnyOrder(2, 3);
        assertThat(pool.untilNextProbe()).contains(Duration.ZERO);
        assertThat(test.awaitingProbe()).containsExactly(1);
        assertThat(test.awaitingProbe()).as("one probe at a time").isEmpty();
    }

    @Test
    void succeedingProbeEndsTheSuspicionOfOneLostConnection() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.UNREACHABLE);
        test.clock.advance(Duration.ofMillis(30));

        test.probe(1, true);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
        assertThat(test.picked(200)).contains(1);
        assertThat(pool.untilNextProbe()).isEmpty();
        test.attempt(1).failed(FailureKind.UNREACHABLE);
        assertThat(test.state(1)).as("the next one is the first again").isEqualTo(EndpointState.SUSPECT);
    }

    @Test
    void successEndsTheSuspicionOfOneLostConnection() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.UNREACHABLE);

        test.attempt(1).succeeded();

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
        assertThat(pool.untilNextProbe()).isEmpty();
    }

    @Test
    void secondFailedConnectionEjects() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.UNREACHABLE);

        test.attempt(1).failed(FailureKind.UNREACHABLE);

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
        assertThat(test.status(1).reason()).isEqualTo("no connection, 2 times in a row");
    }

    @Test
    void failingProbeAfterAFailedConnectionEjects() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.UNREACHABLE);

        test.probe(1, false);

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void failingProbeSaysNothingIfACallSucceededMeanwhile() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.UNREACHABLE);
        PooledEndpoint probed = pool.awaitingProbe().getFirst();
        test.attempt(1).succeeded();

        pool.probeFailed(probed);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void probesAnUnreachableEndpointMoreAndMoreSlowlyUpToOncePerSecond() {
        test.complete(1, 2);
        test.attempt(1).failed(FailureKind.UNREACHABLE);
        List<Long> pauses = new ArrayList<>();
        for (int probe = 0; probe < 6; probe++) {
            Duration pause = pool.untilNextProbe().orElseThrow();
            pauses.add(pause.toMillis());
            test.clock.advance(pause);
            test.probe(1, false);
        }

        assertThat(pauses).containsExactly(0L, 200L, 400L, 800L, 1_000L, 1_000L);
    }

    @Test
    void repeatsAProbeWhoseResultIsLostAfterASecond() {
        test.complete(1, 2);
        test.attempt(1).failed(FailureKind.UNREACHABLE);
        assertThat(test.awaitingProbe()).containsExactly(1);

        test.clock.advance(Duration.ofMillis(999));
        assertThat(test.awaitingProbe()).isEmpty();
        test.clock.advance(Duration.ofMillis(1));
        assertThat(test.awaitingProbe()).containsExactly(1);
    }

    @Test
    void failingCallsDoNotAskForMoreProbes() {
        test.complete(1);
        test.attempt(1).failed(FailureKind.UNREACHABLE);
        test.probe(1, false);
        test.events.clear();

        fails(1, FailureKind.UNREACHABLE, 100);

        assertThat(pool.untilNextProbe()).contains(Duration.ofMillis(200));
        assertThat(test.events).doesNotContain("probe");
    }

    @Test
    void readmitsAnUnreachableEndpointAsSoonAsAProbeSucceeds() {
        test.complete(1, 2, 3);
        fails(1, FailureKind.UNREACHABLE, 2);
        test.attempt(2).failed(FailureKind.BROKEN);
        assertThat(test.awaitingProbe()).containsExactly(1);
        test.clock.advance(Duration.ofSeconds(1));

        test.probe(1, true);

        assertThat(test.picked(200)).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void makesNoTrialCallToAnUnreachableEndpoint() {
        test.complete(1, 2, 3);
        fails(1, FailureKind.UNREACHABLE, 2);

        test.clock.advance(Duration.ofMinutes(5));

        assertThat(test.picked(200)).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void pooledConnectionsThatBreakInTheSameMomentCountOnce() {
        test.complete(1, 2, 3);
        Attempt[] inFlight = new Attempt[10];
        Arrays.setAll(inFlight, call -> test.attempt(1));
        test.clock.advance(Duration.ofMillis(5));

        for (Attempt attempt : inFlight) {
            attempt.failed(FailureKind.STALE_CONNECTION);
            test.clock.advance(Duration.ofMillis(1));
        }

        assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);
        assertThat(test.status(1).reason()).isEqualTo("pooled connection broken");
        test.probe(1, true);
        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void pooledConnectionsThatBreakAfterANewOneWorkedSayNothingNew() {
        test.complete(1, 2, 3);
        Attempt first = test.attempt(1);
        Attempt second = test.attempt(1);
        test.clock.advance(Duration.ofMillis(5));
        first.failed(FailureKind.STALE_CONNECTION);
        test.attempt(1).succeeded();

        second.failed(FailureKind.STALE_CONNECTION);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void pooledConnectionsThatBreakNeverEjectAnEndpointWhoseNewConnectionsWork() {
        test.complete(1, 2, 3);
        for (int failures = 0; failures < 100; failures++) {
            test.attempt(1).failed(FailureKind.STALE_CONNECTION);
            test.clock.advance(Duration.ofMillis(100));
            assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);
        }

        test.probe(1, true);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void brokenPooledConnectionAndAFailedNewOneEject() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.STALE_CONNECTION);

        test.attempt(1).failed(FailureKind.UNREACHABLE);

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void ejectsAfterThreeGatewayStatusesInARow() {
        test.complete(1, 2, 3);

        for (int failures = 0; failures < 3; failures++) {
            assertThat(test.state(1)).isNotEqualTo(EndpointState.EJECTED);
            test.attempt(1).failed(FailureKind.GATEWAY_STATUS);
        }

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void ejectsAnEndpointThatFailsHalfOfTenCalls() {
        test.complete(1, 2, 3);

        for (int calls = 0; calls < 10; calls++) {
            assertThat(test.state(1)).isNotEqualTo(EndpointState.EJECTED);
            if (calls % 2 == 0) {
                test.attempt(1).succeeded();
            } else {
                test.attempt(1).failed(FailureKind.SERVER_ERROR);
            }
        }

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void forgetsOutcomesAfterTwentySeconds() {
        test.complete(1, 2, 3);
        for (int calls = 0; calls < 4; calls++) {
            test.attempt(1).failed(FailureKind.SERVER_ERROR);
            test.attempt(1).succeeded();
        }
        test.clock.advance(Duration.ofSeconds(21));

        test.attempt(1).failed(FailureKind.SERVER_ERROR);
        test.attempt(1).succeeded();
        test.attempt(1).failed(FailureKind.SERVER_ERROR);

        assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);
    }

    @Test
    void countsOutcomesOfTheLastTwentySeconds() {
        test.complete(1, 2, 3);
        for (int calls = 0; calls < 9; calls++) {
            test.attempt(1).succeeded();
            test.attempt(1).failed(FailureKind.SERVER_ERROR);
            assertThat(test.state(1)).isNotEqualTo(EndpointState.EJECTED);
            test.attempt(1).succeeded();
            test.clock.advance(Duration.ofSeconds(3));
        }
        for (int calls = 0; calls < 5; calls++) {
            test.attempt(1).succeeded();
            test.attempt(1).failed(FailureKind.SERVER_ERROR);
            test.attempt(1).failed(FailureKind.SERVER_ERROR);
        }

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void ejectsAnEndpointThatRespondsWith500ThreeTimesInARowWhileTheOthersSucceed() {
        test.complete(1, 2, 3);
        succeed(50, 2, 3);

        fails(1, FailureKind.SERVER_ERROR, 2);
        assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);
        fails(1, FailureKind.SERVER_ERROR, 1);

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
        assertThat(test.status(1).reason()).isEqualTo("responds with 5xx, 3 times in a row");
    }

    @Test
    void doesNotEjectForServerErrorsThatTheOtherEndpointsHaveToo() {
        test.complete(1, 2, 3);
        Random requests = new Random(3);
        for (int call = 0; call < 20_000; call++) {
            Attempt attempt = test.attempt();
            test.clock.advance(Duration.ofMillis(1));
            if (requests.nextInt(10) < 3) {
                attempt.failed(FailureKind.SERVER_ERROR);
            } else {
                attempt.succeeded();
            }
        }

        assertThat(test.events).noneMatch(event -> event.contains("EJECTED"));
    }

    @Test
    void needsMoreServerErrorsInARowTheLessIsKnownOfTheOthers() {
        test.complete(1, 2, 3);
        succeed(2, 2, 3);

        fails(1, FailureKind.SERVER_ERROR, 5);
        assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);
        fails(1, FailureKind.SERVER_ERROR, 2);

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void doesNotEjectTheOnlyEndpointForThreeServerErrors() {
        test.complete(1);

        fails(1, FailureKind.SERVER_ERROR, 9);

        assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);
    }

    @Test
    void doesNotEjectForOneSlowCallIfTheEndpointAnsweredAnotherOneMeanwhile() {
        test.complete(1, 2, 3);
        Attempt slow = test.attempt(1);
        test.clock.advance(Duration.ofMillis(100));
        test.attempt(1).succeeded();
        test.clock.advance(Duration.ofMillis(500));

        slow.failed(FailureKind.TIMED_OUT);

        assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);
    }

    @Test
    void ejectsAfterThreeAttemptsInARowThatWereOutpaced() {
        test.complete(1, 2, 3);

        for (int attempts = 0; attempts < 3; attempts++) {
            assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
            Attempt attempt = test.attempt(1);
            test.clock.advance(Duration.ofMillis(50));
            attempt.outpaced();
        }

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
        assertThat(test.status(1).reason()).isEqualTo("no response in time");
        assertThat(test.status(1).inFlight()).isZero();
    }

    @Test
    void countsOutpacedAttemptsAnewAfterASuccessThatBeganSinceTheFirst() {
        test.complete(1, 2, 3);
        Attempt before = test.attempt(1);
        test.clock.advance(Duration.ofMillis(1));
        for (int attempts = 0; attempts < 2; attempts++) {
            Attempt attempt = test.attempt(1);
            test.clock.advance(Duration.ofMillis(50));
            attempt.outpaced();
        }
        test.attempt(1).succeeded();
        test.clock.advance(Duration.ofMillis(1));
        for (int attempts = 0; attempts < 2; attempts++) {
            test.attempt(1).outpaced();
        }
        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);

        before.succeeded();
        test.clock.advance(Duration.ofMillis(1));
        test.attempt(1).outpaced();

        assertThat(test.state(1)).as("the success began before").isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void triesOneRepeatableCallOnAnEjectedEndpointAfterTheEjectionTime() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(Duration.ofMillis(3_900));
        assertThat(test.picked(50)).doesNotContain(1);

        test.clock.advance(Duration.ofMillis(2_200));
        assertThat(test.attemptOnce().port())
                .as("not with a call that cannot be repeated")
                .isNotEqualTo(1);
        Attempt trial = test.attempt();
        assertThat(trial.port()).isEqualTo(1);
        assertThat(test.picked(50)).as("one at a time").doesNotContain(1);

        trial.succeeded();
        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void readmitsByOneCallThatCannotBeRepeatedAfterAProbeAndFiveSecondsWithoutARepeatableCall() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        assertThat(test.awaitingProbe()).as("before the ejection time").isEmpty();
        test.clock.advance(pool.untilNextProbe().orElseThrow());
        test.clock.advance(Duration.ofSeconds(5));
        assertThat(test.pickedOnce(50)).as("before the probe").doesNotContain(1);

        test.probe(1, true);
        Attempt trial = test.attemptOnce();
        assertThat(trial.port()).isEqualTo(1);
        assertThat(test.pickedOnce(50)).as("one at a time").doesNotContain(1);
        trial.succeeded();

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
        assertThat(test.pickedOnce(50)).contains(1);
        assertThat(pool.untilNextProbe()).isEmpty();
    }

    @Test
    void repeatableCallIsTheTrialBeforeACallThatCannotBeRepeated() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(pool.untilNextProbe().orElseThrow());
        test.probe(1, true);

        test.clock.advance(Duration.ofMillis(4_900));
        assertThat(test.pickedOnce(50)).doesNotContain(1);
        Attempt trial = test.attempt();
        assertThat(trial.port()).isEqualTo(1);
        trial.failed(FailureKind.BROKEN);

        test.clock.advance(Duration.ofMillis(200));
        assertThat(test.pickedOnce(50)).as("the trial has failed").doesNotContain(1);
    }

    @Test
    void probesAgainIfAConnectionFailsAfterTheProbeOfAnEjectedEndpointSucceeded() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(Duration.ofMillis(1));
        test.attempt(1).failed(FailureKind.STALE_CONNECTION);
        test.clock.advance(Duration.ofMillis(6_100));
        test.probe(1, true);

        test.attempt(1).failed(FailureKind.UNREACHABLE);
        assertThat(pool.untilNextProbe()).isPresent();
        test.probe(1, true);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void probesAgainAfterAFailedTrialOfACallThatCannotBeRepeated() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(pool.untilNextProbe().orElseThrow());
        test.probe(1, true);
        test.clock.advance(Duration.ofSeconds(5));
        test.attemptOnce().failed(FailureKind.BROKEN);

        assertThat(pool.untilNextProbe().orElseThrow()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        test.clock.advance(pool.untilNextProbe().orElseThrow());
        test.clock.advance(Duration.ofSeconds(5));
        assertThat(test.pickedOnce(50)).doesNotContain(1);
        test.probe(1, true);
        assertThat(test.attemptOnce().port()).isEqualTo(1);
    }

    @Test
    void readmitsAnEjectedEndpointThatCouldNotBeReachedMeanwhileAsSoonAsAProbeSucceeds() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(pool.untilNextProbe().orElseThrow());
        test.probe(1, false);
        assertThat(test.status(1).reason()).startsWith("no connection");

        test.clock.advance(pool.untilNextProbe().orElseThrow());
        test.probe(1, true);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void ejectsForLongerEachTimeATrialFails() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(Duration.ofMillis(6_100));
        test.attempt().failed(FailureKind.BROKEN);

        test.clock.advance(Duration.ofMillis(7_900));
        assertThat(test.picked(50)).doesNotContain(1);

        test.clock.advance(Duration.ofMillis(4_200));
        assertThat(test.attempt().port()).isEqualTo(1);
    }

    @Test
    void ejectsForAMinuteAtMost() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        for (int trials = 0; trials < 10; trials++) {
            test.clock.advance(Duration.ofSeconds(72));
            Attempt trial = test.attempt();
            assertThat(trial.port()).isEqualTo(1);
            trial.failed(FailureKind.BROKEN);
        }
    }

    @Test
    void givesACancelledTrialToTheNextCall() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(Duration.ofMillis(6_100));

        test.attempt().cancelled();

        assertThat(test.attempt().port()).isEqualTo(1);
    }

    @Test
    void givesATrialWithoutAResultToAnotherCallAfterTenSeconds() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(Duration.ofMillis(6_100));
        assertThat(test.attempt().port()).isEqualTo(1);

        test.clock.advance(Duration.ofMillis(9_900));
        assertThat(test.picked(50)).doesNotContain(1);
        test.clock.advance(Duration.ofMillis(200));

        assertThat(test.attempt().port()).isEqualTo(1);
    }

    @Test
    void trialThatIsOutpacedThreeTimesFails() {
        test.complete(1, 2, 3);
        test.attempt(1).failed(FailureKind.TIMED_OUT);
        test.clock.advance(Duration.ofMillis(6_100));
        for (int trials = 0; trials < 3; trials++) {
            Attempt trial = test.attempt();
            assertThat(trial.port()).isEqualTo(1);
            test.clock.advance(Duration.ofMillis(50));
            trial.outpaced();
        }

        assertThat(test.picked(50)).doesNotContain(1);
        test.clock.advance(Duration.ofSeconds(7));
        assertThat(test.picked(50)).as("twice as long").doesNotContain(1);
    }

    @Test
    void picksAmongTheEjectedEndpointsRatherThanFailingWhenNoneAcceptsCalls() {
        test.complete(1, 2);
        test.attempt(1).failed(FailureKind.BROKEN);
        test.attempt(2).failed(FailureKind.BROKEN);

        assertThat(pool.noneAcceptsCalls()).isTrue();
        assertThat(test.picked(100)).containsExactlyInAnyOrder(1, 2);
        test.clock.advance(Duration.ofMillis(1));
        Attempt lucky = test.attempt();
        lucky.succeeded();
        assertThat(test.state(lucky.port())).isEqualTo(EndpointState.ACTIVE);
        assertThat(pool.noneAcceptsCalls()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 1", "4, 2", "5, 2", "8, 4", "19, 9", "20, 10"})
    void ejectsAtMostHalfOfTheEndpointsAndOneOfTwoOrThree(int endpoints, int max) {
        int[] ports = IntStream.rangeClosed(11, 10 + endpoints).toArray();
        test.complete(ports);

        test.breaks(Arrays.copyOf(ports, endpoints - 1));

        assertThat(test.ejected())
                .hasSize(max)
                .containsExactlyElementsOf(
                        IntStream.of(Arrays.copyOf(ports, max)).boxed().toList());
        assertThat(pool.acceptingCalls()).hasSize(endpoints - max);
    }

    @Test
    void callsEndpointsOverTheCapOnlyIfTheOthersAreTenTimesBusier() {
        test.complete(1, 2, 3);
        test.breaks(1, 2);
        assertThat(test.state(2)).isEqualTo(EndpointState.SUSPECT);
        assertThat(test.status(2).reason()).isEqualTo("connection broken, and too many other endpoints are ejected");

        assertThat(test.picked(200)).as("one after the other").containsExactly(3);
        Attempt[] busy = new Attempt[22];
        Arrays.setAll(busy, call -> test.attempt());
        assertThat(Arrays.stream(busy).map(Attempt::port).filter(port -> port == 2))
                .hasSize(2);
        assertThat(Arrays.stream(busy).map(Attempt::port)).doesNotContain(1);
        assertThat(test.attemptOnce().port())
                .as("not with a call that cannot be repeated")
                .isEqualTo(3);
    }

    @Test
    void endpointsOutOfReachStayOutWhateverTheCapAndCount() {
        test.complete(1, 2, 3, 4, 5);
        fails(1, FailureKind.UNREACHABLE, 2);
        test.attempt(2).failed(FailureKind.FOREIGN);
        fails(3, FailureKind.UNREACHABLE, 2);
        assertThat(test.ejected()).containsExactly(1, 2, 3);

        test.breaks(4);

        assertThat(test.ejected()).containsExactly(1, 2, 3);
        assertThat(test.state(4)).isEqualTo(EndpointState.SUSPECT);
    }

    @Test
    void triesAllEndpointsWithinReachWhenNoneAcceptsCallsAndTheOthersLast() {
        test.complete(1, 2, 3);
        test.breaks(1, 2);
        fails(3, FailureKind.UNREACHABLE, 2);

        assertThat(test.picked(200)).containsExactlyInAnyOrder(1, 2);
        assertThat(test.ejected()).containsExactly(1, 2, 3);
        assertThat(pool.pick(List.of(endpoint(1), endpoint(2)), true)
                        .orElseThrow()
                        .endpoint())
                .isEqualTo(endpoint(3));
        assertThat(pool.acceptingCalls()).hasSize(3);
    }

    @Test
    void capDoesNotBringBackABetterPriorityWhileAnotherPriorityAcceptsCalls() {
        test.answer(target(1, 1, 1), target(2, 1, 1), target(3, 1, 1), target(4, 2, 1));

        test.breaks(1, 2, 3);

        assertThat(test.picked(100)).containsExactly(4);
    }

    @Test
    void leavesAnEndpointAloneForTheTimeItAskedForWhileThereAreOthers() {
        test.complete(1, 2);
        test.attempt(1).failed(FailureKind.GATEWAY_STATUS, Duration.ofSeconds(20));
        Attempt last = Attempt.of(pool.pick(List.of(endpoint(2)), false).orElseThrow());
        assertThat(last.port()).as("no other is left").isEqualTo(1);
        last.cancelled();

        test.clock.advance(Duration.ofSeconds(19));
        assertThat(test.picked(100)).containsExactly(2);
        assertThat(test.state(1)).isEqualTo(EndpointState.SUSPECT);

        test.clock.advance(Duration.ofSeconds(2));
        assertThat(test.picked(100)).containsExactlyInAnyOrder(1, 2);
        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void sharesCallsWhenAllEndpointsAskForAPauseAndTheFirstRecovers() {
        test.complete(1, 2, 3, 4);
        for (int port = 1; port <= 4; port++) {
            test.attempt(port).failed(FailureKind.GATEWAY_STATUS, Duration.ofSeconds(20));
            test.clock.advance(Duration.ofMillis(1));
        }
        test.attempt(1).succeeded();

        assertThat(ports(pool.acceptingCalls())).containsExactly(1, 4);
        Attempt[] busy = new Attempt[12];
        Arrays.setAll(busy, call -> test.attempt());
        assertThat(Arrays.stream(busy).map(Attempt::port)).contains(1, 4);
    }

    @Test
    void makesNoTrialCallBeforeThePauseIsOverThatTheEndpointAskedFor() {
        test.complete(1, 2);
        test.breaks(1);
        test.attempt(1).failed(FailureKind.GATEWAY_STATUS, Duration.ofSeconds(20));

        test.clock.advance(Duration.ofSeconds(19));
        assertThat(test.picked(100)).containsExactly(2);

        test.clock.advance(Duration.ofSeconds(2));
        assertThat(test.attempt().port()).isEqualTo(1);
    }

    @Test
    void callsAnEndpointAgainThatSucceedsThoughItAskedForAPause() {
        test.complete(1, 2);
        Attempt before = test.attempt(1);
        test.clock.advance(Duration.ofMillis(1));
        test.attempt(1).failed(FailureKind.GATEWAY_STATUS, Duration.ofSeconds(20));
        before.succeeded();
        assertThat(test.picked(100)).as("that success began before").containsExactly(2);

        test.clock.advance(Duration.ofMillis(1));
        test.attempt(1).succeeded();

        assertThat(test.picked(100)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void isNotReadmittedByAResponseToWhatWasSentBeforeTheEjection() {
        test.complete(1, 2, 3);
        Attempt before = test.attempt(1);
        test.clock.advance(Duration.ofMillis(10));
        test.attempt(1).failed(FailureKind.BROKEN);

        before.succeeded();

        assertThat(test.state(1)).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void isNotEjectedAgainByAFailureOfWhatWasSentBeforeTheEjection() {
        test.complete(1, 2, 3);
        Attempt before = test.attempt(1);
        test.clock.advance(Duration.ofMillis(10));
        test.attempt(1).failed(FailureKind.BROKEN);
        test.clock.advance(Duration.ofMillis(6_100));
        test.attempt().succeeded();

        before.failed(FailureKind.BROKEN);

        assertThat(test.state(1)).isEqualTo(EndpointState.ACTIVE);
        assertThat(test.status(1).failures()).isEqualTo(2);
    }

    @Test
    void picksOthersForTenSecondsAfterAnEndpointAnnouncedItsShutdown() {
        test.complete(1, 2);
        test.attempt(1).succeededDraining();
        assertThat(test.state(1)).isEqualTo(EndpointState.DRAINING);

        test.clock.advance(Duration.ofMillis(9_900));
        assertThat(test.picked(100)).containsExactly(2);

        test.clock.advance(Duration.ofMillis(200));
        assertThat(test.picked(100)).containsExactlyInAnyOrder(1, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void picksADrainingEndpointIfThereIsNoOther(boolean repeatable) {
        test.complete(1);

        test.attempt(1).succeededDraining();

        assertThat(pool.noneAcceptsCalls()).isTrue();
        assertThat(pool.pick(List.of(), repeatable)).isPresent();
    }
}
