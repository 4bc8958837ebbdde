package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import dev.tradingplatform.discovery.testkit.BackendRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

/** Sixteen callers, a deadline of 2 s, servers that need 4 ms, and one fault at a time. */
class FaultsUnderLoadTest {

    private static final int CALLERS = 16;
    private static final Duration WORK = Duration.ofMillis(4);
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(600);

    /** For a machine that does other things too; a second attempt timeout would be 600 ms. */
    private static final Duration NOISE = Duration.ofMillis(590);

    /** Attempts of 3 s, where a machine that stalls must not look like an endpoint that fails. */
    private static final CallPolicy PATIENT = CallPolicy.withDeadline(Duration.ofSeconds(10));

    private Fleet fleet = Fleet.of(0);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(int instances, Duration ttl) {
        start(Fleet.of(instances, ttl));
    }

    private void start(Fleet other) {
        fleet.close();
        fleet = other;
        fleet.backends().forEach(FaultsUnderLoadTest::works);
    }

    private static Backend works(Backend backend) {
        return backend.behave(BackendBehaviour.answering(200, backend.name()).after(WORK));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("refuses", Backend::refuse),
                fault("is black-holed", Backend::blackHole),
                fault("freezes after accepting", backend -> backend.behave(BackendBehaviour.silent())),
                fault("answers 503", backend -> backend.behave(BackendBehaviour.answering(503, "no"))),
                fault(
                        "resets in the middle of a response",
                        backend -> backend.behave(BackendBehaviour.breakingInTheMiddle())));
    }

    private static Arguments fault(String name, Consumer<Backend> happens) {
        return Arguments.of(name, happens);
    }

    @ParameterizedTest(name = "one of three {0}")
    @MethodSource("faults")
    void noCallFailsAndFewAreDelayedWhen(String name, Consumer<Backend> fault) {
        start(3, Duration.ofSeconds(60));
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(2_000);
            long begun = System.nanoTime();

            fault.accept(fleet.backend(0));
            load.goOnFor(Duration.ofSeconds(3));

            assertThat(load.failures()).as(name).isEmpty();
            assertThat(load.since(begun)).hasSizeGreaterThan(500);
            assertThat(fleet.attemptsThatFailed()).as("calls it delayed").isBetween(1, CALLERS + 5);
            assertThat(Load.percentile(load.since(begun), 1)).isLessThan(ATTEMPT_TIMEOUT.plus(NOISE));
        }
    }

    static Stream<Arguments> executedAndLost() {
        return Stream.of(
                Arguments.of("before the first byte", BackendBehaviour.breakingAfterExecution()),
                Arguments.of("in the middle of the answer", BackendBehaviour.breakingInTheMiddle()),
                Arguments.of("instead of an answer, after a while", BackendBehaviour.freezingAfterExecution()));
    }

    @ParameterizedTest(name = "that resets {0}")
    @MethodSource("executedAndLost")
    void neverSendsAPostTwiceToAFleetWithAServer(String when, BackendBehaviour breaking) {
        start(3, Duration.ofSeconds(60));
        AtomicInteger id = new AtomicInteger();
        fleet.backend(0).behave(breaking);
        try (Load load = Load.of(CALLERS, () -> post("id" + id.incrementAndGet()))) {
            load.goOnFor(3_000);
            Load.await(() -> !load.failures().isEmpty(), "nobody finds out");

            assertThat(load.failures()).as(when).hasSizeBetween(1, CALLERS + 5);
        }
        List<String> executed = fleet.backends().stream()
                .flatMap(backend -> backend.executed().stream())
                .map(BackendRequest::body)
                .toList();
        assertThat(executed).hasSizeGreaterThan(2_900).doesNotHaveDuplicates();
    }

    private String post(String id) {
        ServiceRequest request = ServiceRequest.of(
                "POST", URI.create("http://stock-service/orders"), Map.of(), id.getBytes(StandardCharsets.UTF_8));
        try (ServiceResponse response = fleet.client().send(request)) {
            return response.text();
        }
    }

    @Test
    void eachNewEndpointHasItsShareWithinTheTtlAndHalfASecondWhenThreeBecomeSix() {
        Duration ttl = Duration.ofSeconds(2);
        start(3, ttl);
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(1_000);

            for (int added = 0; added < 3; added++) {
                works(fleet.add());
            }
            load.goOnFor(ttl.plusMillis(500));
            long begun = System.nanoTime();
            load.goOnFor(6_000);

            Map<String, Double> shares = Load.shares(load.since(begun));
            assertThat(shares).hasSize(6);
            assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(0.12, 0.22));
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void noCallFailsWhileAllAreReplacedOneByOne() {
        Duration ttl = Duration.ofSeconds(1);
        start(3, ttl);
        List<Backend> old = List.copyOf(fleet.backends());
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(500);
            for (Backend leaving : old) {
                works(fleet.add());
                fleet.deregister(leaving);
                load.goOnFor(ttl.plusMillis(200));
                leaving.refuse();
                load.goOnFor(200);
            }
            long begun = System.nanoTime();
            load.goOnFor(500);

            assertThat(load.failures()).isEmpty();
            assertThat(Load.shares(load.since(begun)).keySet())
                    .doesNotContainAnyElementsOf(old.stream().map(Backend::name).toList());
            assertThat(old)
                    .allSatisfy(backend -> assertThat(fleet.states(backend))
                            .as("each change is told once")
                            .endsWith(EndpointState.GONE)
                            .containsOnlyOnce(EndpointState.GONE));
        }
    }

    @ParameterizedTest(name = "{0} endpoints")
    @MethodSource("fleetsBehindEightRecords")
    void learnsAllBehindAnswersOfEightAndUsesThemEvenly(int endpoints) {
        start(endpoints, Duration.ofSeconds(1));
        try (Load load = Load.of(CALLERS, fleet::get)) {
            Load.await(
                    () -> {
                        load.goOnFor(50);
                        return fleet.client().status().getFirst().endpoints().size() == endpoints;
                    },
                    "not all were learned");
            long begun = System.nanoTime();
            load.goOnFor(15_000);

            Map<String, Double> shares = Load.shares(load.since(begun));
            assertThat(shares).hasSize(endpoints);
            assertThat(shares.values())
                    .allSatisfy(share -> assertThat(share * endpoints).isLessThan(1.15));
            assertThat(load.failures()).isEmpty();
        }
        assertThat(fleet.backends().stream().mapToLong(Backend::accepted).max().orElseThrow())
                .as("connections to one endpoint")
                .isLessThanOrEqualTo(CALLERS);

        Backend killed = fleet.backend(endpoints - 1);
        int failedBefore = fleet.attemptsThatFailed();
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(200);
            fleet.deregister(killed);
            killed.refuse();
            Load.await(() -> fleet.states(killed).contains(EndpointState.GONE), "it does not leave");
            load.goOnFor(500);

            assertThat(load.failures()).isEmpty();
            assertThat(fleet.attemptsThatFailed() - failedBefore)
                    .as("a failure, and those under way at the same moment")
                    .isBetween(1, CALLERS + 5);
        }

        List<Backend> leaving = new ArrayList<>(fleet.backends().subList(5, endpoints - 1));
        leaving.forEach(fleet::deregister);
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(Duration.ofMillis(1_500));
            long begun = System.nanoTime();
            load.goOnFor(2_000);

            assertThat(Load.shares(load.since(begun))).hasSize(5);
        }
    }

    static Stream<Integer> fleetsBehindEightRecords() {
        return Stream.of(12, 20);
    }

    @Test
    void givesAnEndpointThatIs200MsSlowerUnderATwentiethWithinTwoSecondsAndItsShareBackWithinSeconds() {
        start(Fleet.of(3, PATIENT));
        Backend slow = fleet.backend(0);
        try (Fleet undisturbed = Fleet.of(2);
                Load load = Load.of(CALLERS, fleet::get);
                Load control = Load.of(2, undisturbed::get)) {
            undisturbed.backends().forEach(FaultsUnderLoadTest::works);
            load.goOnFor(2_000);

            slow.behave(BackendBehaviour.answering(200, slow.name()).after(WORK.plusMillis(200)));
            load.goOnFor(Duration.ofSeconds(2));
            long begun = System.nanoTime();
            load.goOnFor(Duration.ofSeconds(4));
            List<Load.Outcome> spared = load.since(begun);
            assertThat(Load.shares(spared).getOrDefault(slow.name(), 0.0)).isLessThan(0.05);
            assertThat(Load.percentile(spared, 0.99)).isLessThan(fiftyMillisOrWhatThisMachineTakes(control, begun));

            works(slow);
            load.goOnFor(Duration.ofSeconds(8));
            long healed = System.nanoTime();
            load.goOnFor(3_000);
            assertThat(Load.shares(load.since(healed)).get(slow.name())).isBetween(0.25, 0.42);
            assertThat(fleet.states(slow)).as("slow is no fault").containsExactly(EndpointState.ACTIVE);
        }
    }

    /**
     * 50 ms, unless calls of the same kind that nothing disturbs take half as long at that time because the machine
     * does other things too; never as long as the slow answers, which would prove nothing.
     */
    private static Duration fiftyMillisOrWhatThisMachineTakes(Load control, long begun) {
        long noise = Load.percentile(control.since(begun), 0.99).toMillis();
        return Duration.ofMillis(Math.clamp(2 * noise, 50, WORK.toMillis() + 200));
    }

    @Test
    void readmitsAnEndpointOnceAfterAGrayFailureAndWithoutFlapping() {
        start(Fleet.of(3, PATIENT));
        Backend broken = fleet.backend(0);
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(1_000);
            broken.behave(BackendBehaviour.answering(500, "a bug"));
            Load.await(() -> fleet.states(broken).contains(EndpointState.EJECTED), "it is not ejected");
            int before = fleet.states(broken).size();

            works(broken);
            Load.await(() -> fleet.states(broken).size() > before, "it is not readmitted");
            load.goOnFor(Duration.ofSeconds(5));

            List<EndpointState> states = fleet.states(broken);
            assertThat(states.subList(before, states.size())).containsExactly(EndpointState.ACTIVE);
            assertThat(states.subList(0, before)).hasSizeLessThanOrEqualTo(3);
            assertThat(fleet.states(fleet.backend(1))).containsExactly(EndpointState.ACTIVE);
            assertThat(fleet.states(fleet.backend(2))).containsExactly(EndpointState.ACTIVE);
            long healed = System.nanoTime();
            load.goOnFor(1_500);
            assertThat(Load.shares(load.since(healed)).get(broken.name())).isBetween(0.25, 0.42);
        }
    }

    @Test
    void sparesAnEndpointThatAnswersFast500sAlthoughItIsTheLeastBusy() {
        start(3, Duration.ofSeconds(60));
        Backend broken = fleet.backend(0);
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(1_000);
            long begun = System.nanoTime();
            broken.behave(BackendBehaviour.answering(500, "a bug"));
            load.goOnFor(Duration.ofSeconds(4));

            long bugs = load.since(begun).stream()
                    .filter(outcome -> outcome.answer().equals("a bug"))
                    .count();
            // Half of its calls within 20 s, those before the fault included; then one trial after 5 s at the earliest.
            assertThat(bugs).isBetween(5L, 600L);
            load.goOnFor(Duration.ofMillis(500));
            long later = System.nanoTime();
            load.goOnFor(300);
            assertThat(Load.shares(load.since(later)).getOrDefault("a bug", 0.0))
                    .isLessThan(0.02);
        }
    }

    @Test
    void deliversWhatAllAnswerWhenAllAreBadAndRecoversWithThem() {
        start(3, Duration.ofSeconds(60));
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(500);
            fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "overloaded")));
            load.goOnFor(Duration.ofSeconds(1));

            fleet.backends().forEach(FaultsUnderLoadTest::works);
            load.goOnFor(Duration.ofSeconds(2));
            long healed = System.nanoTime();
            load.goOnFor(1_500);

            assertThat(load.failures()).isEmpty();
            assertThat(Load.shares(load.since(healed))).hasSize(3).doesNotContainKey("overloaded");
        }
    }

    @Test
    void staysWithinTheRetryBudgetInATotalOutageAndRecoversWithinTwoSeconds() {
        start(3, Duration.ofSeconds(60));
        try (Load warm = Load.of(CALLERS, fleet::get)) {
            warm.goOnFor(500);
        }
        fleet.backends().forEach(Backend::refuse);
        long attemptsBefore = fleet.attempts();
        long before = System.nanoTime();
        try (Load load = Load.of(CALLERS, () -> {
            Load.pause(Duration.ofMillis(80));
            return fleet.get();
        })) {
            load.goOnFor(Duration.ofSeconds(60));
            long attempts = fleet.attempts() - attemptsBefore;
            // Those turned away at once make no attempts, and must not make room for those of others.
            long calls = load.failures().stream()
                            .filter(failure -> !failure.contains("was not called"))
                            .count()
                    + CALLERS;
            assertThat(load.failures()).hasSizeGreaterThan(500);
            // A fifth of the calls, ten a second, and the ten seconds' worth saved up before.
            assertThat(attempts).isLessThanOrEqualTo((long) (calls * 1.2) + 100 + 610);

            long back = System.nanoTime();
            fleet.backend(1).open();
            load.goOnFor(Duration.ofSeconds(2));
            long recovered = System.nanoTime();
            load.goOnFor(200);
            assertThat(load.since(back)).isNotEmpty();
            assertThat(load.since(recovered)).extracting(Load.Outcome::failure).containsOnly("");
            assertThat(Load.percentile(load.since(before), 1))
                    .as("deadlines hold")
                    .isLessThan(Duration.ofSeconds(2).plus(NOISE));
        }
    }

    @Test
    void asksOncePerTtlUnderLoad() {
        start(3, Duration.ofSeconds(2));
        try (Load load = Load.of(CALLERS, fleet::get)) {
            load.goOnFor(Duration.ofSeconds(5));
        }
        assertThat(fleet.dns().queries().count("stock-service.trading-platform.local", Type.SRV))
                .isGreaterThanOrEqualTo(2);
        // Three, and a second try of each if this machine stalls while the answer is on its way.
        assertThat(fleet.dns().queries().count()).isLessThanOrEqualTo(6);
    }
}
