package dev.tradingplatform.discovery.balancer;

import static dev.tradingplatform.discovery.balancer.TestPool.found;
import static dev.tradingplatform.discovery.balancer.TestPool.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Many threads use a pool while DNS answers change it. */
class ConcurrentUseTest {

    private static final int THREADS = 4;
    private static final int CALLS = 20_000;

    private final Map<Endpoint, EndpointState> reported = new ConcurrentHashMap<>();
    private final EndpointPool pool = new EndpointPool(
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextLong(),
            new Zone(List.of()),
            Duration.ZERO,
            (endpoint, state, reason) -> reported.put(endpoint, state));

    private void call(SplittableRandom random) {
        PooledEndpoint picked = pool.pick(List.of(), random.nextInt(2) == 0).orElseThrow();
        long begin = picked.begin();
        switch (random.nextInt(50)) {
            case 0 -> picked.failed(begin, TestPool.failureKind(random));
            case 1 -> picked.cancelled(begin);
            case 2 -> picked.outpaced(begin);
            default -> picked.succeeded(begin);
        }
        pool.awaitingProbe().forEach(pool::probeSucceeded);
    }

    @Test
    void countsEveryAttemptAndReportsTheLastState() throws Exception {
        pool.update(found(true, target(1, 1, 1), target(2, 1, 1), target(3, 1, 1)));
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                ends.add(threads.submit(() -> {
                    for (int call = 0; call < CALLS; call++) {
                        call(random);
                    }
                }));
            }
            ends.add(threads.submit(() -> {
                for (int answer = 0; answer < 2_000; answer++) {
                    pool.update(found(true, target(1, 1, 1), target(2 + answer % 2, 1, 1)));
                }
                pool.update(found(true, target(1, 1, 1)));
            }));
            for (Future<?> end : ends) {
                end.get();
            }
        }

        List<EndpointStatus> status = pool.status(Instant.EPOCH);
        assertThat(status.stream().mapToLong(EndpointStatus::attempts).sum()).isEqualTo((long) THREADS * CALLS);
        assertThat(status).allMatch(each -> each.inFlight() == 0);
        assertThat(pool.removed()).hasSize(2);
        for (Endpoint removed : pool.removed()) {
            assertThat(reported).containsEntry(removed, EndpointState.REMOVED);
        }
    }
}
