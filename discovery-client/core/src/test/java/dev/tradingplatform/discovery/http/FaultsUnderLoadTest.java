package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.BackendRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

/** Sixteen callers, a deadline of 2 s, servers that need 4 ms, and one fault at a time. */
class FaultsUnderLoadTest {

    private static final int CALLERS = 16;
    private static final Duration WORK = Duration.ofMillis(4);

    /**
     * Between a hedged attempt, which starts after 50 ms, and the deadline: for a machine that does other things too.
     */
    private static final Duration MAX_DELAY = Duration.ofMillis(1_200);

    /** For tests in which a machine that stalls must not look like an endpoint that fails. */
    private static final Duration LONG_DEADLINE = Duration.ofSeconds(10);

    private Fleet fleet = Fleet.of(0);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(int replicas) {
        start(Fleet.of(replicas));
    }

    private void start(Fleet other) {
        fleet.close();
        fleet = other;
        fleet.backends().forEach(FaultsUnderLoadTest::works);
    }

    private static ServiceSettings withLongDeadline(ServiceSettings settings) {
        return settings.withDeadline(LONG_DEADLINE);
    }

    private static Backend works(Backend backend) {
        return backend.behave(BackendBehaviour.answering(200, backend.name()).after(WORK));
    }

    /** Callers that leave time for the tests that run at the same time. */
    private Load moderateLoad() {
        return Load.of(CALLERS, () -> {
            Load.pause(Duration.ofMillis(12));
            return fleet.get();
        });
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("refuses connections", Backend::refuse),
                fault("does not respond to connections", Backend::blackHole),
                fault("freezes after accepting", backend -> backend.behave(BackendBehaviour.silent())),
                fault("responds with 503", backend -> backend.behave(BackendBehaviour.answering(503, "no"))),
                fault(
                        "breaks in the middle of a response",
                        backend -> backend.behave(BackendBehaviour.breakingInTheMiddle())));
    }

    private static Arguments fault(String name, Consumer<Backend> fault) {
        return Arguments.of(name, fault);
    }

    @ParameterizedTest(name = "one of three {0}")
    @MethodSource("faults")
    void noCallFailsAndFewAreDelayedIf(String name, Consumer<Backend> fault) {
        start(3);
        Backend failing = fleet.backend(0);
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.continueFor(1_000);
            long begin = System.nanoTime();

            fault.accept(failing);
            load.continueFor(Duration.ofMillis(800));

            assertThat(load.failures()).as(name).isEmpty();
            List<Load.Outcome> outcomes = load.since(begin);
            assertThat(outcomes).hasSizeGreaterThan(200);
            assertThat(fleet.events().all())
                    .as("attempts that the fault ended")
                    .filteredOn(attempt -> attempt.endpoint().equals(failing.name()))
                    .filteredOn(attempt -> !attempt.outcome().equals("success"))
                    .hasSizeBetween(1, CALLERS + 5);
            assertThat(Load.percentile(outcomes, 1)).isLessThan(MAX_DELAY);
        }
    }

    static Stream<Arguments> executedAndLost() {
        return Stream.of(
                Arguments.of("before the first byte", BackendBehaviour.breakingAfterExecution()),
                Arguments.of("in the middle of the response", BackendBehaviour.breakingInTheMiddle()),
                Arguments.of("by freezing instead of a response", BackendBehaviour.freezingAfterExecution()));
    }

    @ParameterizedTest(name = "that breaks {0}")
    @MethodSource("executedAndLost")
    void neverSendsAPostTwiceToServersOneOf(String when, BackendBehaviour breaking) {
        start(3);
        AtomicInteger id = new AtomicInteger();
        fleet.backend(0).behave(breaking);
        try (Load load =
                Load.of(CALLERS, () -> fleet.post("id" + id.incrementAndGet()).body())) {
            load.continueFor(1_500);
            Load.await(() -> !load.failures().isEmpty(), "no call failed");

            assertThat(load.failures()).as(when).hasSizeBetween(1, CALLERS + 5);
        }
        List<String> executed = fleet.backends().stream()
                .flatMap(backend -> backend.executed().stream())
                .map(BackendRequest::body)
                .toList();
        assertThat(executed).hasSizeGreaterThan(1_400).doesNotHaveDuplicates();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void eachNewEndpointHasItsShareSoonAfterTheTtlIfThreeBecomeSix() {
        Duration ttl = Duration.ofSeconds(1);
        start(Fleet.of(3, ttl, FaultsUnderLoadTest::withLongDeadline));
        try (Load load = moderateLoad()) {
            load.continueFor(300);

            for (int added = 0; added < 3; added++) {
                works(fleet.add());
            }
            load.continueFor(ttl.plusMillis(500));
            long begin = System.nanoTime();
            load.continueFor(2_500);

            Map<String, Double> shares = Load.shares(load.since(begin));
            assertThat(shares).hasSize(6);
            assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(0.1, 0.24));
            assertThat(load.failures()).isEmpty();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void noCallFailsWhileAllReplicasAreReplacedOneByOne() {
        Duration ttl = Duration.ofSeconds(1);
        start(Fleet.of(3, ttl, FaultsUnderLoadTest::withLongDeadline));
        List<Backend> old = List.copyOf(fleet.backends());
        try (Load load = moderateLoad()) {
            load.continueFor(200);
            for (Backend leaving : old) {
                works(fleet.add());
                fleet.deregister(leaving);
                load.continueFor(ttl.plusMillis(200));
                leaving.refuse();
                load.continueFor(100);
            }
            long begin = System.nanoTime();
            load.continueFor(300);

            assertThat(load.failures()).isEmpty();
            assertThat(Load.shares(load.since(begin)).keySet())
                    .doesNotContainAnyElementsOf(old.stream().map(Backend::name).toList());
            assertThat(old)
                    .allSatisfy(backend ->
                            assertThat(fleet.events().states(backend)).endsWith(EndpointState.REMOVED));
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void learnsTwelveEndpointsFromAnswersOfEightAndForgetsThoseThatAreRemoved() {
        int replicas = 12;
        start(Fleet.of(replicas, Duration.ofSeconds(1), FaultsUnderLoadTest::withLongDeadline));
        try (Load load = moderateLoad()) {
            Load.await(
                    () -> {
                        load.continueFor(50);
                        return fleet.endpoints().size() == replicas;
                    },
                    "not all endpoints are known");
            long begin = System.nanoTime();
            load.continueFor(1_500);

            Map<String, Double> shares = Load.shares(load.since(begin));
            assertThat(shares).hasSize(replicas);
            assertThat(shares.values())
                    .allSatisfy(share -> assertThat(share * replicas).isLessThan(1.8));

            Backend killed = fleet.backend(replicas - 1);
            fleet.deregister(killed);
            killed.refuse();
            Load.await(
                    () -> fleet.events().states(killed).contains(EndpointState.REMOVED), "the endpoint is not removed");

            List<Backend> leaving = new ArrayList<>(fleet.backends().subList(5, replicas - 1));
            leaving.forEach(fleet::deregister);
            load.continueFor(Duration.ofMillis(1_500));
            long afterwards = System.nanoTime();
            load.continueFor(500);
            assertThat(Load.shares(load.since(afterwards))).hasSize(5);
            assertThat(load.failures()).isEmpty();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void givesAnEndpointThatIsSlowUnderATwentiethOfTheCallsAndItsShareBackWhenItIsFast() {
        start(Fleet.of(3, FaultsUnderLoadTest::withLongDeadline));
        Backend slow = fleet.backend(0);
        try (Load load = moderateLoad()) {
            load.continueFor(500);

            slow.behave(BackendBehaviour.answering(200, slow.name()).after(WORK.plusMillis(200)));
            load.continueFor(Duration.ofSeconds(1));
            long begin = System.nanoTime();
            load.continueFor(Duration.ofSeconds(2));
            List<Load.Outcome> avoiding = load.since(begin);
            assertThat(Load.shares(avoiding).getOrDefault(slow.name(), 0.0)).isLessThan(0.05);
            assertThat(Load.percentile(avoiding, 0.95))
                    .as("a slow response takes 204 ms")
                    .isLessThan(Duration.ofMillis(150));

            works(slow);
            Load.await(
                    () -> {
                        long again = System.nanoTime();
                        load.continueFor(500);
                        return Load.shares(load.since(again)).getOrDefault(slow.name(), 0.0) > 0.25;
                    },
                    "the endpoint does not get its share back");
            // Hedged attempts were faster each time, which may eject an endpoint for some seconds.
            assertThat(fleet.events().states(slow)).endsWith(EndpointState.ACTIVE);
            assertThat(load.failures()).isEmpty();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void ejectsAnEndpointThatRespondsWith500AndReadmitsItOnce() {
        start(Fleet.of(3, FaultsUnderLoadTest::withLongDeadline));
        Backend broken = fleet.backend(0);
        try (Load load = moderateLoad()) {
            load.continueFor(300);
            broken.behave(BackendBehaviour.answering(500, "a bug"));
            Load.await(
                    () -> fleet.events().states(broken).contains(EndpointState.EJECTED), "the endpoint is not ejected");
            long ejected = System.nanoTime();
            load.continueFor(500);
            assertThat(Load.shares(load.since(ejected)).getOrDefault("a bug", 0.0))
                    .as("responses of attempts in flight")
                    .isLessThan(0.05);
            int before = fleet.events().states(broken).size();

            works(broken);
            Load.await(() -> fleet.events().states(broken).size() > before, "the endpoint is not readmitted");
            long readmitted = System.nanoTime();
            load.continueFor(1_500);

            List<EndpointState> states = fleet.events().states(broken);
            assertThat(states.subList(before, states.size())).containsExactly(EndpointState.ACTIVE);
            assertThat(states.subList(0, before))
                    .endsWith(EndpointState.EJECTED)
                    .containsOnlyOnce(EndpointState.EJECTED);
            assertThat(fleet.events().states(fleet.backend(1))).containsExactly(EndpointState.ACTIVE);
            assertThat(fleet.events().states(fleet.backend(2))).containsExactly(EndpointState.ACTIVE);
            assertThat(Load.shares(load.since(readmitted)).get(broken.name())).isBetween(0.2, 0.46);
        }
    }

    @Test
    void leavesAnEndpointThatRespondsFastWith500AlthoughItIsTheLeastBusy() {
        start(3);
        Backend broken = fleet.backend(0);
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.continueFor(1_000);
            long begin = System.nanoTime();
            broken.behave(BackendBehaviour.answering(500, "a bug"));
            load.continueFor(Duration.ofMillis(1_500));

            assertThat(load.since(begin))
                    .filteredOn(outcome -> outcome.response().equals("a bug"))
                    .hasSizeLessThan(200);
            assertThat(fleet.events().states(broken)).contains(EndpointState.EJECTED);
            long later = System.nanoTime();
            load.continueFor(300);
            assertThat(Load.shares(load.since(later)).getOrDefault("a bug", 0.0))
                    .isLessThan(0.02);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void deliversWhatAllEndpointsRespondIfAllFailAndRecoversWithThem() {
        start(Fleet.of(3, FaultsUnderLoadTest::withLongDeadline));
        try (Load load = moderateLoad()) {
            load.continueFor(300);
            fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "overloaded")));
            load.continueFor(Duration.ofMillis(500));

            fleet.backends().forEach(FaultsUnderLoadTest::works);
            Load.await(
                    () -> {
                        long begin = System.nanoTime();
                        load.continueFor(500);
                        Map<String, Double> shares = Load.shares(load.since(begin));
                        return shares.size() == 3 && !shares.containsKey("overloaded");
                    },
                    "the endpoints are not called again");

            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void staysWithinTheRetryBudgetInATotalOutage() {
        start(3);
        try (Load warm = Load.of(CALLERS, fleet::get)) {
            warm.continueFor(200);
        }
        int before = fleet.executed();
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "overloaded")));
        long begin = System.nanoTime();
        int calls = Load.outcomes(CALLERS, 100, fleet::get).size();
        double seconds = (System.nanoTime() - begin) / 1e9;

        // 15 % of the calls, five per second, and 100 that were saved before.
        assertThat(fleet.executed() - before).isLessThanOrEqualTo((int) (calls * 1.15 + 5 * seconds + 100));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void noCallFailsIfAllReplicasRestartWithinTheDeadline() {
        start(Fleet.of(3, FaultsUnderLoadTest::withLongDeadline));
        try (Load load = moderateLoad()) {
            load.continueFor(300);
            fleet.backends().forEach(Backend::refuse);
            load.continueFor(Duration.ofMillis(700));
            fleet.backends().forEach(Backend::open);
            load.continueFor(300);

            // An attempt in flight when a replica ends is sent; a GET is retried, but the other replicas end as well.
            assertThat(load.failures()).hasSizeLessThanOrEqualTo(CALLERS);
            long begin = System.nanoTime();
            load.continueFor(300);
            assertThat(load.since(begin)).extracting(Load.Outcome::failure).containsOnly("");
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void queriesDnsOncePerTtlUnderLoad() {
        start(Fleet.of(3, Duration.ofSeconds(1), FaultsUnderLoadTest::withLongDeadline));
        try (Load load = moderateLoad()) {
            load.continueFor(Duration.ofSeconds(3));
        }
        // Four, and a repetition of each if this machine stalls while the answer is on its way.
        assertThat(fleet.dns().queries().count(Fleet.FULL_NAME, Type.SRV)).isBetween(2L, 8L);
    }
}
