package dev.tradingplatform.discovery.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.balancer.TestPool.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties that hold whatever happens, in random sequences of answers, results, probes and time. */
class RandomSequencesTest {

    /** Changes between these may be reported later. */
    private static final Set<EndpointState> SUSPICION = Set.of(EndpointState.ACTIVE, EndpointState.SUSPECT);

    private static final int STEPS = 1_000;
    private static final int MAX_PORT = 12;

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    private final TestPool test = new TestPool(new Zone(List.of()), Duration.ofSeconds(10));
    private final List<Attempt> open = new ArrayList<>();
    private Set<Integer> listed = Set.of();

    @ParameterizedTest
    @MethodSource("seeds")
    void poolKeepsItsInvariants(int seed) {
        Random random = new Random(seed);
        answer(random);

        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(20)) {
                case 0 -> answer(random);
                case 1, 2 -> test.clock.advance(Duration.ofMillis(random.nextInt(4_000)));
                case 3, 4 -> probe(random);
                case 5, 6, 7, 8, 9, 10, 11 -> pick(random);
                default -> end(random);
            }
            checkInvariants();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyEndpointGetsCallsAgainAfterItRecovers(int seed) {
        poolKeepsItsInvariants(seed);
        while (!open.isEmpty()) {
            open.removeLast().cancelled();
        }

        Set<Integer> called = new TreeSet<>();
        for (int second = 0; second < 180; second++) {
            test.clock.advance(Duration.ofSeconds(1));
            test.pool.awaitingProbe().forEach(test.pool::probeSucceeded);
            for (int call = 0; call < 50; call++) {
                // POST and GET: what belonged to another service is readmitted by a call that may be repeated only.
                Attempt attempt = call % 2 == 0 ? test.attempt() : test.attemptOnce();
                test.clock.advance(Duration.ofMillis(2));
                attempt.succeeded();
                if (second > 150) {
                    called.add(attempt.port());
                }
            }
        }

        assertThat(called).isEqualTo(listed);
        assertThat(test.pool.status(test.clock.instant()))
                .filteredOn(status -> listed.contains(status.endpoint().port()))
                .allMatch(status -> status.state() == EndpointState.ACTIVE);
    }

    private void answer(Random random) {
        Set<Integer> ports = new TreeSet<>();
        int size = 1 + random.nextInt(MAX_PORT);
        while (ports.size() < size) {
            ports.add(1 + random.nextInt(MAX_PORT));
        }
        listed = ports;
        test.complete(ports.stream().mapToInt(Integer::intValue).toArray());
    }

    private void probe(Random random) {
        for (PooledEndpoint probed : test.pool.awaitingProbe()) {
            if (random.nextBoolean()) {
                test.pool.probeSucceeded(probed);
            } else {
                test.pool.probeFailed(probed);
            }
        }
    }

    private void pick(Random random) {
        Set<Integer> tried = IntStream.range(0, random.nextInt(3))
                .mapToObj(number -> 1 + random.nextInt(MAX_PORT))
                .collect(Collectors.toSet());
        boolean exhausted = tried.containsAll(listed);

        var picked = test.pool.pick(tried.stream().map(TestPool::endpoint).toList(), random.nextBoolean());

        assertThat(picked.isEmpty()).isEqualTo(exhausted);
        picked.ifPresent(endpoint -> {
            assertThat(endpoint.endpoint().port()).isIn(listed).isNotIn(tried);
            open.add(Attempt.of(endpoint));
        });
    }

    private void end(Random random) {
        if (open.isEmpty()) {
            return;
        }
        Attempt attempt = open.remove(random.nextInt(open.size()));
        // Endpoints with lower ports fail more often.
        if (random.nextInt(MAX_PORT) < attempt.port()) {
            attempt.succeeded();
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> attempt.succeededDraining();
            case 1 -> attempt.failed(FailureKind.GATEWAY_STATUS, Duration.ofSeconds(random.nextInt(20)));
            case 2 -> attempt.outpaced();
            case 3 -> attempt.cancelled();
            default -> attempt.failed(TestPool.failureKind(random));
        }
    }

    private void checkInvariants() {
        List<EndpointStatus> all = test.pool.status(test.clock.instant());
        for (EndpointStatus status : all) {
            long inFlight = open.stream()
                    .filter(attempt -> attempt.pooled().endpoint().equals(status.endpoint()))
                    .count();
            assertThat((long) status.inFlight()).isEqualTo(inFlight);
            assertThat(test.reported.get(status.endpoint().port()))
                    .matches(reported -> reported == status.state()
                            || (SUSPICION.contains(reported) && SUSPICION.contains(status.state())));
        }
        List<EndpointStatus> present = all.stream()
                .filter(status -> listed.contains(status.endpoint().port()))
                .toList();
        assertThat(present).hasSize(listed.size());
        assertThat(TestPool.ports(test.pool.acceptingCalls())).isNotEmpty().isSubsetOf(listed);
        if (!test.pool.noneAcceptsCalls()) {
            long ejectedWithinReach = present.stream()
                    .filter(status -> status.state() == EndpointState.EJECTED)
                    .filter(status -> !status.reason().startsWith(FailureKind.UNREACHABLE.description()))
                    .filter(status -> !status.reason().startsWith(FailureKind.FOREIGN.description()))
                    .count();
            assertThat(ejectedWithinReach).isLessThanOrEqualTo(Math.max(1, present.size() / 2));
        }
    }
}
