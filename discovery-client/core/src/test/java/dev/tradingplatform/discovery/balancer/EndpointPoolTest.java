package dev.tradingplatform.discovery.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.test.ManualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointPoolTest {

    private final ManualTime time = new ManualTime();
    private final EndpointPool pool =
            new EndpointPool(time, new Random(1), new Balancing(new Zone(List.of()), Duration.ZERO));

    private static Target target(int port, int priority, int weight) {
        return new Target(new Endpoint(InetAddress.getLoopbackAddress(), port), priority, weight);
    }

    private void answer(boolean complete, int... ports) {
        List<Target> targets =
                IntStream.of(ports).mapToObj(port -> target(port, 1, 1)).toList();
        pool.update(new Resolution.Found(targets, complete, Duration.ofSeconds(60), ""));
    }

    private Lease pick(int... tried) {
        return pick(true, tried);
    }

    private Lease pick(boolean repeatable, int... tried) {
        List<Endpoint> endpoints = IntStream.of(tried)
                .mapToObj(port -> target(port, 1, 1).endpoint())
                .toList();
        return pool.pick(endpoints, repeatable).orElseThrow();
    }

    /** Leaves the call no other choice. */
    private Lease lease(int port) {
        List<Endpoint> others = pool.status(time.instant()).stream()
                .map(EndpointStatus::endpoint)
                .filter(endpoint -> endpoint.port() != port)
                .toList();
        return pool.pick(others, false).orElseThrow();
    }

    private Set<Integer> picked(int times) {
        Set<Integer> ports = new HashSet<>();
        for (int picks = 0; picks < times; picks++) {
            Lease lease = pick();
            ports.add(lease.endpoint().port());
            lease.close();
        }
        return ports;
    }

    private EndpointStatus status(int port) {
        return pool.status(time.instant()).stream()
                .filter(status -> status.endpoint().port() == port)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void removesWhoIsMissingFromACompleteAnswerAtOnce() {
        answer(true, 1, 2, 3);
        answer(true, 2, 4);

        assertThat(picked(200)).containsExactlyInAnyOrder(2, 4);
        assertThat(status(1).state()).isEqualTo(EndpointState.GONE);
    }

    @Test
    void keepsWhoIsMissingFromASampleUntilAConnectionFailsAsWell() {
        answer(false, 1, 2, 3, 4, 5, 6, 7, 8);
        answer(false, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(picked(2_000)).hasSize(12);

        lease(1).failed(Fault.UNREACHABLE);
        lease(9).failed(Fault.UNREACHABLE);

        assertThat(status(1).state()).isEqualTo(EndpointState.GONE);
        assertThat(status(9).state()).isEqualTo(EndpointState.EJECTED);
        assertThat(picked(2_000)).hasSize(10);
    }

    @Test
    void removesWhoCouldNotBeReachedAndThenIsMissingFromASample() {
        answer(false, 1, 2, 3, 4, 5, 6, 7, 8);
        lease(1).failed(Fault.UNREACHABLE);
        lease(2).failed(Fault.BROKEN);

        answer(false, 5, 6, 7, 8, 9, 10, 11, 12);

        assertThat(status(1).state()).isEqualTo(EndpointState.GONE);
        assertThat(status(2).state()).as("it could be reached").isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void letsGoWhoAnswersForAnotherServiceAndIsNotNamedAnyMore() {
        answer(false, 1, 2, 3, 4, 5, 6, 7, 8);
        lease(1).failed(Fault.FOREIGN);
        assertThat(status(1).state()).isEqualTo(EndpointState.EJECTED);

        answer(false, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(status(1).state()).as("found out before").isEqualTo(EndpointState.GONE);

        lease(2).failed(Fault.FOREIGN);
        assertThat(status(2).state()).as("found out later").isEqualTo(EndpointState.GONE);
    }

    @Test
    void prunesAtOnceWhenFewerThanEightAreLeftOfTwenty() {
        answer(false, 1, 2, 3, 4, 5, 6, 7, 8);
        answer(false, 9, 10, 11, 12, 13, 14, 15, 16);
        answer(false, 17, 18, 19, 20, 1, 2, 3, 4);
        answer(true, 1, 5, 9, 13, 17);

        assertThat(picked(500)).containsExactlyInAnyOrder(1, 5, 9, 13, 17);
    }

    @Test
    void removesWhoIsMissingThoughTheAddressOfAnotherIsNotKnownAtThatTime() {
        pool.update(new Resolution.Found(
                List.of(srv(1, "one"), srv(2, "two"), srv(3, "three")), true, Duration.ofSeconds(60), ""));

        pool.update(
                new Resolution.Found(List.of(srv(1, "one")), true, Set.of("two"), false, Duration.ofSeconds(60), ""));

        assertThat(picked(200)).containsExactlyInAnyOrder(1, 2);
        assertThat(status(3).state()).isEqualTo(EndpointState.GONE);
        lease(2).failed(Fault.UNREACHABLE);
        assertThat(status(2).state()).isEqualTo(EndpointState.GONE);
    }

    private static Target srv(int port, String record) {
        return new Target(new Endpoint(InetAddress.getLoopbackAddress(), port), 1, 1, record);
    }

    @Test
    void isNotEmptiedByAFailedOrAnEmptyAnswer() {
        answer(true, 1, 2);
        pool.update(new Resolution.Absent(Duration.ZERO, "NXDOMAIN"));
        pool.update(new Resolution.Unavailable("SERVFAIL"));

        assertThat(picked(50)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void drainsWhoLeavesWithCallsInFlight() {
        answer(true, 1, 2);
        Lease inFlight = lease(1);
        answer(true, 2);

        assertThat(status(1).state()).isEqualTo(EndpointState.DRAINING);
        assertThat(pool.gone()).isEmpty();
        inFlight.succeeded();
        assertThat(status(1).state()).isEqualTo(EndpointState.GONE);
        assertThat(pool.gone()).hasSize(1);
    }

    @Test
    void doesNotPickWhoLeavesAtTheSameMoment() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        LongSupplier eventful = () -> {
            meanwhile.getAndSet(() -> {}).run();
            return time.getAsLong();
        };
        EndpointPool watched =
                new EndpointPool(eventful, new Random(1), new Balancing(new Zone(List.of()), Duration.ZERO));
        List<Target> both = List.of(target(1, 1, 1), target(2, 1, 1));
        for (int pick = 0; pick < 50; pick++) {
            watched.update(new Resolution.Found(both, true, Duration.ofSeconds(60), ""));
            meanwhile.set(
                    () -> watched.update(new Resolution.Found(both.subList(1, 2), true, Duration.ofSeconds(60), "")));

            try (Lease lease = watched.pick(List.of(), true).orElseThrow()) {
                assertThat(lease.endpoint().port()).isEqualTo(2);
                assertThat(watched.gone()).extracting(Endpoint::port).containsExactly(1);
            }
        }
    }

    @Test
    void takesBackWhoLeftAndReturned() {
        answer(true, 1, 2);
        answer(true, 2);
        answer(true, 1, 2);

        assertThat(status(1).state()).isEqualTo(EndpointState.ACTIVE);
        assertThat(picked(50)).contains(1);
    }

    @Test
    void forgetsWhoLeftAMinuteAgo() {
        answer(true, 1, 2);
        answer(true, 2);
        time.advance(Duration.ofSeconds(61));
        answer(true, 2);

        assertThat(pool.status(time.instant())).hasSize(1);
    }

    @Test
    void doesNotPickWhoWasTried() {
        answer(true, 1, 2, 3);

        assertThat(pick(1, 2).endpoint().port()).isEqualTo(3);
        assertThat(pool.pick(
                        List.of(
                                target(1, 1, 1).endpoint(),
                                target(2, 1, 1).endpoint(),
                                target(3, 1, 1).endpoint()),
                        true))
                .isEmpty();
    }

    @Test
    void prefersTheLowestPriorityAndTurnsToTheNextWhenItIsOut() {
        pool.update(new Resolution.Found(
                List.of(target(1, 1, 1), target(2, 1, 1), target(3, 2, 1)), true, Duration.ofSeconds(60), ""));
        assertThat(picked(200)).containsExactlyInAnyOrder(1, 2);

        lease(1).failed(Fault.UNREACHABLE);
        lease(2).failed(Fault.UNREACHABLE);

        assertThat(picked(200)).containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8, 16, 64})
    void sharesByWeightHoweverManyCallsAreUnderWay(int callers) {
        pool.update(new Resolution.Found(
                List.of(target(1, 1, 1), target(2, 1, 2), target(3, 1, 3)), true, Duration.ofSeconds(60), ""));
        int[] counts = new int[4];
        Deque<Lease> underWay = new ArrayDeque<>();
        for (int call = 0; call < 6_000; call++) {
            if (underWay.size() == callers) {
                underWay.removeFirst().close();
            }
            Lease lease = pick();
            counts[lease.endpoint().port()]++;
            underWay.addLast(lease);
        }
        underWay.forEach(Lease::close);

        assertThat(counts[1]).isBetween(650, 1_300);
        assertThat(counts[2]).isBetween(1_600, 2_500);
        assertThat(counts[3]).isBetween(2_500, 3_500);
    }

    @Test
    void picksAWeightOfZeroRarelyButNotNever() {
        pool.update(new Resolution.Found(List.of(target(1, 1, 0), target(2, 1, 10)), true, Duration.ofSeconds(60), ""));

        int[] counts = new int[3];
        for (int call = 0; call < 2_000; call++) {
            try (Lease lease = pick()) {
                counts[lease.endpoint().port()]++;
            }
        }

        assertThat(counts[1]).isBetween(5, 50);
    }

    @Test
    void sparesASlowEndpointHoweverHeavy() {
        pool.update(new Resolution.Found(List.of(target(1, 1, 1), target(2, 1, 3)), true, Duration.ofSeconds(60), ""));
        int[] counts = new int[3];
        for (int call = 0; call < 1_000; call++) {
            Lease lease = pick();
            counts[lease.endpoint().port()]++;
            time.advance(Duration.ofMillis(lease.endpoint().port() == 2 ? 204 : 4));
            lease.succeeded();
        }

        assertThat(counts[2]).isBetween(1, 50);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"UNREACHABLE", "BROKEN", "TIMED_OUT", "FOREIGN"})
    void ejectsForWhatSpeaksForItselfTheFirstTime(Fault fault) {
        answer(true, 1, 2, 3);

        lease(1).failed(fault);

        assertThat(status(1).state()).isEqualTo(EndpointState.EJECTED);
        assertThat(status(1).reason()).isEqualTo(fault.words());
        assertThat(picked(200)).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void ejectsAfterThreeGatewayFailuresInARow() {
        answer(true, 1, 2, 3);

        for (int failures = 0; failures < 3; failures++) {
            assertThat(status(1).state()).isNotEqualTo(EndpointState.EJECTED);
            lease(1).failed(Fault.GATEWAY_STATUS);
        }

        assertThat(status(1).state()).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void ejectsWhoFailsHalfOfTenCalls() {
        answer(true, 1, 2, 3);

        for (int calls = 0; calls < 10; calls++) {
            assertThat(status(1).state()).isNotEqualTo(EndpointState.EJECTED);
            if (calls % 2 == 0) {
                lease(1).succeeded();
            } else {
                lease(1).failed(Fault.SERVER_ERROR);
            }
        }

        assertThat(status(1).state()).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void doesNotBlameTheEndpointForOneSlowCallWhileItAnswersOthers() {
        answer(true, 1, 2, 3);
        Lease slow = lease(1);
        time.advance(Duration.ofMillis(100));
        lease(1).succeeded();
        time.advance(Duration.ofMillis(500));

        slow.failed(Fault.TIMED_OUT);

        assertThat(status(1).state()).isEqualTo(EndpointState.SUSPECT);
    }

    @Test
    void triesOneCallOnAnEjectedEndpointWhenItsTimeHasCome() {
        answer(true, 1, 2, 3);
        lease(1).failed(Fault.BROKEN);
        time.advance(Duration.ofMillis(3_900));
        assertThat(picked(50)).doesNotContain(1);

        time.advance(Duration.ofMillis(2_200));
        assertThat(pick(false).endpoint().port())
                .as("not with a call that cannot be repeated")
                .isNotEqualTo(1);
        Lease trial = pick();
        assertThat(trial.endpoint().port()).isEqualTo(1);
        assertThat(picked(50)).as("one at a time").doesNotContain(1);

        trial.succeeded();
        assertThat(status(1).state()).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void ejectsForLongerEachTimeATrialFails() {
        answer(true, 1, 2, 3);
        lease(1).failed(Fault.BROKEN);
        time.advance(Duration.ofMillis(6_100));
        pick().failed(Fault.BROKEN);

        time.advance(Duration.ofMillis(7_900));
        assertThat(picked(50)).doesNotContain(1);

        time.advance(Duration.ofMillis(4_200));
        assertThat(pick().endpoint().port()).isEqualTo(1);
    }

    @Test
    void givesAnAbandonedTrialToTheNextCall() {
        answer(true, 1, 2, 3);
        lease(1).failed(Fault.BROKEN);
        time.advance(Duration.ofMillis(6_100));

        pick().close();

        assertThat(pick().endpoint().port()).isEqualTo(1);
    }

    @Test
    void picksAmongTheEjectedRatherThanFailingWhenNobodyElseIsLeft() {
        answer(true, 1, 2);
        lease(1).failed(Fault.BROKEN);
        lease(2).failed(Fault.BROKEN);

        assertThat(picked(100)).containsExactlyInAnyOrder(1, 2);
        time.advance(Duration.ofMillis(1));
        Lease lucky = pick();
        lucky.succeeded();
        assertThat(status(lucky.endpoint().port()).state()).isEqualTo(EndpointState.ACTIVE);
    }

    /** Each with a failure that speaks for itself, so that all but those the cap spares are out. */
    private void fails(int... ports) {
        for (int port : ports) {
            time.advance(Duration.ofMillis(1));
            lease(port).failed(Fault.BROKEN);
        }
    }

    private List<Integer> ejected() {
        return pool.status(time.instant()).stream()
                .filter(status -> status.state() == EndpointState.EJECTED)
                .map(status -> status.endpoint().port())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 1", "4, 2", "5, 2", "8, 4", "19, 9", "20, 10"})
    void ejectsAtMostHalfOfTheEndpointsAndOneOfTwoOrThree(int endpoints, int most) {
        int[] ports = IntStream.rangeClosed(11, 10 + endpoints).toArray();
        answer(true, ports);

        fails(Arrays.copyOf(ports, endpoints - 1));

        assertThat(ejected())
                .hasSize(most)
                .containsExactlyElementsOf(
                        IntStream.of(Arrays.copyOf(ports, most)).boxed().toList());
        assertThat(pool.takingCalls()).hasSize(endpoints - most);
    }

    @Test
    void givesThoseBeyondTheCapOnlyWhatTheOthersAreTenTimesBusierWith() {
        answer(true, 1, 2, 3);
        fails(1, 2);
        assertThat(status(2).state()).isEqualTo(EndpointState.SUSPECT);
        assertThat(status(2).reason()).isEqualTo("connection broken, and too many others are out");

        assertThat(picked(200)).as("one after the other").containsExactly(3);
        Lease[] busy = new Lease[22];
        Arrays.setAll(busy, _ -> pick());
        assertThat(Arrays.stream(busy).map(lease -> lease.endpoint().port()).filter(port -> port == 2))
                .hasSize(2);
        assertThat(Arrays.stream(busy).map(lease -> lease.endpoint().port())).doesNotContain(1);
        assertThat(pick(false).endpoint().port())
                .as("what cannot be repeated is no experiment")
                .isEqualTo(3);
    }

    @Test
    void doesNotSpareWhoCannotBeReachedOrHasAnothersAddressButCountsThem() {
        answer(true, 1, 2, 3, 4, 5);
        lease(1).failed(Fault.UNREACHABLE);
        lease(2).failed(Fault.FOREIGN);
        lease(3).failed(Fault.UNREACHABLE);
        assertThat(ejected()).containsExactly(1, 2, 3);

        fails(4);

        assertThat(ejected()).containsExactly(1, 2, 3);
        assertThat(status(4).state()).isEqualTo(EndpointState.SUSPECT);
    }

    @Test
    void triesAllWithinReachWhenNobodyTakesCallsAndTheOthersLast() {
        answer(true, 1, 2, 3);
        fails(1, 2);
        lease(3).failed(Fault.UNREACHABLE);

        assertThat(picked(200)).containsExactlyInAnyOrder(1, 2);
        assertThat(ejected()).containsExactly(1, 2, 3);
        assertThat(pick(1, 2).endpoint().port()).isEqualTo(3);
        assertThat(pool.takingCalls()).hasSize(3);
    }

    @Test
    void doesNotSpareABetterPriorityForTheSakeOfTheCap() {
        pool.update(new Resolution.Found(
                List.of(target(1, 1, 1), target(2, 1, 1), target(3, 1, 1), target(4, 2, 1)),
                true,
                Duration.ofSeconds(60),
                ""));

        fails(1, 2, 3);

        assertThat(picked(100)).containsExactly(4);
    }

    @Test
    void leavesAnEndpointAloneForTheTimeItAskedForWhileThereAreOthers() {
        answer(true, 1, 2);
        lease(1).failedAndPauses(Fault.GATEWAY_STATUS, Duration.ofSeconds(20));
        Lease last = pick(false, 2);
        assertThat(last.endpoint().port()).as("nobody else is left").isEqualTo(1);
        last.close();

        time.advance(Duration.ofSeconds(19));
        assertThat(picked(100)).containsExactly(2);
        assertThat(status(1).state()).isEqualTo(EndpointState.SUSPECT);

        time.advance(Duration.ofSeconds(2));
        assertThat(picked(100)).containsExactlyInAnyOrder(1, 2);
        assertThat(status(1).state()).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void doesNotLeaveTheFirstToRecoverAloneWithAllCallsWhenAllAskForTime() {
        answer(true, 1, 2, 3, 4);
        for (int port = 1; port <= 4; port++) {
            lease(port).failedAndPauses(Fault.GATEWAY_STATUS, Duration.ofSeconds(20));
            time.advance(Duration.ofMillis(1));
        }
        lease(1).succeeded();

        assertThat(pool.takingCalls()).extracting(Endpoint::port).containsExactly(1, 4);
        Lease[] busy = new Lease[12];
        Arrays.setAll(busy, _ -> pick());
        assertThat(Arrays.stream(busy).map(lease -> lease.endpoint().port())).contains(1, 4);
    }

    @Test
    void makesNoTrialBeforeTheTimeIsOverThatTheEndpointAskedFor() {
        answer(true, 1, 2);
        fails(1);
        lease(1).failedAndPauses(Fault.GATEWAY_STATUS, Duration.ofSeconds(20));

        time.advance(Duration.ofSeconds(19));
        assertThat(picked(100)).containsExactly(2);

        time.advance(Duration.ofSeconds(2));
        assertThat(pick().endpoint().port()).isEqualTo(1);
    }

    @Test
    void callsAnEndpointAgainThatAnswersThoughItAskedForTime() {
        answer(true, 1, 2);
        Lease before = lease(1);
        time.advance(Duration.ofMillis(1));
        lease(1).failedAndPauses(Fault.GATEWAY_STATUS, Duration.ofSeconds(20));
        before.succeeded();
        assertThat(picked(100)).as("what it answered before proves nothing").containsExactly(2);

        time.advance(Duration.ofMillis(1));
        lease(1).succeeded();

        assertThat(picked(100)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void readmitsAnUnreachableEndpointAsSoonAsAConnectionSucceeds() {
        answer(true, 1, 2, 3);
        lease(1).failed(Fault.UNREACHABLE);
        lease(2).failed(Fault.BROKEN);
        assertThat(pool.awaitingConnection()).extracting(Endpoint::port).containsExactly(1);

        pool.reached(target(1, 1, 1).endpoint());

        assertThat(picked(200)).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void isNotReadmittedByAnAnswerToWhatWasSentBeforeTheEjection() {
        answer(true, 1, 2, 3);
        Lease before = lease(1);
        time.advance(Duration.ofMillis(10));
        lease(1).failed(Fault.BROKEN);

        before.succeeded();

        assertThat(status(1).state()).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void givesASlowEndpointLessThanATwentiethAndItsShareBackWhenItIsFast() {
        answer(true, 1, 2, 3);
        Duration[] latency = {Duration.ofMillis(204)};
        Consumer<int[]> calls = counts -> {
            for (int call = 0; call < 3_000; call++) {
                Lease lease = pick();
                counts[lease.endpoint().port()]++;
                // One at a time, so a slow call moves time on as 51 fast ones do.
                time.advance(lease.endpoint().port() == 1 ? latency[0] : Duration.ofMillis(4));
                lease.succeeded();
            }
        };
        int[] slow = new int[4];
        calls.accept(slow);
        assertThat(slow[1]).isBetween(1, 150);

        latency[0] = Duration.ofMillis(4);
        time.advance(Duration.ofSeconds(7));
        int[] healed = new int[4];
        calls.accept(healed);
        assertThat(healed[1]).isBetween(850, 1_150);
    }

    @Test
    void sharesEvenlyAmongTwenty() {
        answer(false, IntStream.rangeClosed(1, 20).toArray());
        int[] counts = new int[21];
        Random noise = new Random(7);
        for (int call = 0; call < 40_000; call++) {
            Lease lease = pick();
            counts[lease.endpoint().port()]++;
            time.advance(Duration.ofNanos(3_000_000 + noise.nextInt(2_000_000)));
            lease.succeeded();
        }

        assertThat(IntStream.of(counts).max().orElseThrow()).isLessThan((int) (2_000 * 1.15));
        assertThat(IntStream.of(counts).skip(1).min().orElseThrow()).isGreaterThan((int) (2_000 * 0.85));
    }

    @Test
    void showsWhatAnEndpointDid() {
        answer(true, 1);
        time.advance(Duration.ofSeconds(3));
        answer(true, 1);
        for (int call = 1; call <= 20; call++) {
            Lease lease = pick();
            time.advance(Duration.ofMillis(call));
            lease.succeeded();
        }
        pick().failed(Fault.SERVER_ERROR);
        Lease open = pick();

        EndpointStatus status = status(1);
        assertThat(status.attempts()).isEqualTo(22);
        assertThat(status.failures()).isOne();
        assertThat(status.inFlight()).isOne();
        assertThat(status.p50()).isEqualTo(Duration.ofMillis(10));
        assertThat(status.p95()).isEqualTo(Duration.ofMillis(19));
        assertThat(Duration.between(status.firstSeen(), status.lastSeen())).isEqualTo(Duration.ofSeconds(3));
        open.close();
        assertThat(status(1).inFlight()).isZero();
    }
}
