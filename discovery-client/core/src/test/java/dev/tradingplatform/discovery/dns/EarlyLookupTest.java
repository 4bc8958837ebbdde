package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.test.ManualClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups before the TTL has ended, for callers that have no endpoint to call: few, and shared by all callers. */
@Timeout(60)
class EarlyLookupTest {

    private static final int CALLERS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ABSENT_TTL = Duration.ofMinutes(5);
    private static final Resolution ABSENT = new Resolution.Absent(ABSENT_TTL, "NXDOMAIN", false);

    private final ManualClock clock = new ManualClock();
    private final long start = clock.nanoTime();
    private final List<Long> lookups = new ArrayList<>();
    private final List<Runnable> postponed = new ArrayList<>();
    private Resolution answer = found(1);

    private static Resolution.Found found(int port) {
        Target target = new Target(new Endpoint(InetAddress.getLoopbackAddress(), port), 1, 1);
        return new Resolution.Found(List.of(target), true, Duration.ofSeconds(60), "");
    }

    private CachedResolution cached(Executor executor) {
        return cached(executor, (outcome, nanos) -> {
            if (!outcome.isDone()) {
                clock.advance(Duration.ofNanos(nanos));
            }
        });
    }

    private CachedResolution cached(Executor executor, Wait wait) {
        return new CachedResolution(
                () -> {
                    lookups.add(TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - start));
                    return answer;
                },
                () -> "A stock.zone",
                CachePolicy.DEFAULT,
                clock,
                new Random(1),
                executor,
                outcome -> {},
                wait);
    }

    static Stream<Resolution> failures() {
        return Stream.of(
                ABSENT,
                new Resolution.Absent(Duration.ofSeconds(1), "NODATA", true),
                new Resolution.Unavailable("SERVFAIL"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void comeAfter200And400And800MillisecondsAndThenOnceASecondWhileACallerWaitsForTheFirstTargets(Resolution failure)
            throws InterruptedException {
        answer = failure;
        CachedResolution resolution = cached(Runnable::run);

        assertThat(resolution.awaitFound(Duration.ofMillis(4_500))).isEqualTo(failure);

        assertThat(lookups).containsExactly(0L, 200L, 600L, 1_400L, 2_400L, 3_400L, 4_400L);
        assertThat(clock.nanoTime() - start).isEqualTo(Duration.ofMillis(4_500).toNanos());
    }

    @Test
    void endTheWaitWithTheFirstTargets() throws InterruptedException {
        answer = ABSENT;
        CachedResolution resolution = cached(Runnable::run, (outcome, nanos) -> {
            clock.advance(Duration.ofNanos(nanos));
            answer = lookups.size() == 3 ? found(1) : ABSENT;
        });

        assertThat(resolution.awaitFound(TIMEOUT)).isEqualTo(found(1));

        assertThat(lookups).containsExactly(0L, 200L, 600L, 1_400L);
        assertThat(resolution.awaitFound(TIMEOUT)).isEqualTo(found(1));
        assertThat(lookups).hasSize(4);
    }

    @Test
    void areSharedByAllCallersThatWaitForTheFirstTargets() throws InterruptedException {
        answer = ABSENT;
        CachedResolution resolution = cached(Runnable::run);

        for (int millisecond = 0; millisecond < 2_500; millisecond++) {
            for (int caller = 0; caller < CALLERS; caller++) {
                assertThat(resolution.awaitFound(Duration.ZERO)).isEqualTo(ABSENT);
            }
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(lookups).containsExactly(0L, 200L, 600L, 1_400L, 2_400L);
    }

    @Test
    void areNotMadeForCallersThatDoNotWait() throws InterruptedException {
        answer = ABSENT;
        CachedResolution resolution = cached(Runnable::run);

        for (int second = 0; second < 15; second++) {
            assertThat(resolution.get(TIMEOUT)).isEqualTo(ABSENT);
            resolution.refreshIfDue();
            clock.advance(Duration.ofMillis(999));
        }

        assertThat(lookups).containsExactly(0L);
    }

    @Test
    void areNotMadeWhileTargetsAreStale() throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);
        resolution.get(TIMEOUT);
        answer = ABSENT;
        clock.advance(Duration.ofSeconds(63));

        assertThat(resolution.awaitFound(TIMEOUT)).isEqualTo(found(1));
        clock.advance(Duration.ofSeconds(5));
        assertThat(resolution.awaitFound(TIMEOUT)).isEqualTo(found(1));

        assertThat(lookups).containsExactly(0L, 63_000L);
    }

    @Test
    void waitForTheOneInFlight() throws InterruptedException {
        CachedResolution resolution = cached(postponed::add, (outcome, nanos) -> {
            assertThat(nanos).isEqualTo(TIMEOUT.toNanos());
            postponed.removeFirst().run();
        });

        assertThat(resolution.awaitFound(TIMEOUT)).isEqualTo(answer);
        assertThat(postponed).isEmpty();
    }

    @Test
    void leaveAnExplanationToACallerAfterItsTimeoutIfNoneHasEnded() throws InterruptedException {
        CachedResolution resolution = cached(postponed::add);

        assertThat(resolution.awaitFound(Duration.ofSeconds(2)))
                .isEqualTo(new Resolution.Unavailable("no answer within 2000 ms to the query A stock.zone"));
        assertThat(postponed).hasSize(1);
    }

    @Test
    void wakeAllCallersThatWaitInRealTime() throws Exception {
        AtomicInteger count = new AtomicInteger();
        CountDownLatch waiting = new CountDownLatch(CALLERS);
        CachedResolution resolution = new CachedResolution(
                () -> {
                    if (count.incrementAndGet() == 1) {
                        return ABSENT;
                    }
                    awaitUninterrupted(waiting);
                    return answer;
                },
                () -> "A stock.zone",
                CachePolicy.DEFAULT,
                System::nanoTime,
                new Random(1),
                task -> Thread.ofVirtual().start(task),
                outcome -> {},
                Wait.REAL_TIME);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Resolution>> outcomes = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                outcomes.add(callers.submit(() -> {
                    waiting.countDown();
                    return resolution.awaitFound(Duration.ofSeconds(30));
                }));
            }
            for (Future<Resolution> outcome : outcomes) {
                assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(answer);
            }
        }
        assertThat(count).hasValue(2);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void replaceEndpointsOfWhichNoneAcceptsCalls() throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);
        resolution.get(TIMEOUT);
        clock.advance(Duration.ofSeconds(10));
        answer = found(2);

        assertThat(resolution.get(TIMEOUT)).isEqualTo(found(1));
        assertThat(resolution.resolveAgain(TIMEOUT)).isEqualTo(found(2));

        assertThat(lookups).containsExactly(0L, 10_000L);
        assertThat(resolution.remainingTtl()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void areAtMostOneASecondForAllCallersTogether() throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);
        resolution.get(TIMEOUT);
        clock.advance(Duration.ofSeconds(10));

        for (int millisecond = 0; millisecond < 2_500; millisecond++) {
            for (int caller = 0; caller < CALLERS; caller++) {
                assertThat(resolution.resolveAgain(TIMEOUT)).isEqualTo(answer);
            }
            clock.advance(Duration.ofMillis(1));
        }

        assertThat(lookups).containsExactly(0L, 10_000L, 11_000L, 12_000L);
    }

    @Test
    void doNotComeBesideTheLookupInFlight() throws InterruptedException {
        CachedResolution resolution = cached(postponed::add, (outcome, nanos) -> {
            assertThat(nanos).isEqualTo(TIMEOUT.toNanos());
            postponed.removeFirst().run();
        });
        resolution.get(TIMEOUT);
        clock.advance(Duration.ofSeconds(63));
        resolution.refreshIfDue();
        answer = found(2);

        assertThat(resolution.resolveAgain(TIMEOUT)).isEqualTo(found(2));

        assertThat(lookups).containsExactly(0L, 63_000L);
        assertThat(postponed).isEmpty();
    }

    @Test
    void leaveTheKnownTargetsToACallerAfterItsTimeout() throws InterruptedException {
        CachedResolution resolution = cached(postponed::add);
        resolution.refreshIfDue();
        postponed.removeFirst().run();

        assertThat(resolution.resolveAgain(Duration.ofMillis(50))).isEqualTo(answer);

        assertThat(postponed).hasSize(1);
        assertThat(clock.nanoTime() - start).isEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void leaveAnExplanationToACallerAfterItsTimeoutIfNoTargetsAreKnown() throws InterruptedException {
        CachedResolution resolution = cached(postponed::add);

        assertThat(resolution.resolveAgain(Duration.ofMillis(50)))
                .isEqualTo(new Resolution.Unavailable("no answer within 50 ms to the query A stock.zone"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void keepTheKnownTargetsWhenTheyFail(Resolution failure) throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);
        resolution.get(TIMEOUT);
        clock.advance(Duration.ofSeconds(10));
        answer = failure;

        assertThat(resolution.resolveAgain(TIMEOUT)).isEqualTo(found(1));

        assertThat(resolution.warning()).isEqualTo(failure.warning());
        assertThat(resolution.stale()).isFalse();
        clock.advance(Duration.ofMillis(999));
        resolution.resolveAgain(TIMEOUT);
        assertThat(lookups).as("no fast repetition while targets are known").containsExactly(0L, 10_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void doNotPostponeTheLookupAfterTheTtl(int earlyLookups) throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);
        resolution.get(TIMEOUT);
        for (int early = 0; early < earlyLookups; early++) {
            clock.advance(Duration.ofSeconds(1));
            resolution.resolveAgain(TIMEOUT);
        }
        assertThat(lookups).hasSize(1 + earlyLookups);

        clock.advance(Duration.ofSeconds(63));
        resolution.refreshIfDue();

        assertThat(lookups).hasSize(2 + earlyLookups);
    }

    @Test
    void areInterruptible() {
        CachedResolution resolution = new CachedResolution(
                () -> ABSENT,
                () -> "A stock.zone",
                CachePolicy.DEFAULT,
                System::nanoTime,
                new Random(1),
                Runnable::run,
                outcome -> {},
                Wait.REAL_TIME);
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();

        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                resolution.awaitFound(Duration.ofMinutes(5));
            } catch (InterruptedException expected) {
                interrupted.complete(expected);
            }
        });
        caller.interrupt();

        assertThat(interrupted).succeedsWithin(Duration.ofSeconds(30));
    }
}
