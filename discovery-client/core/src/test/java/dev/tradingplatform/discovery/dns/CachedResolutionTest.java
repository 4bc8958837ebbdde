package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One lookup in flight, and what callers see before, during and after it. */
class CachedResolutionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String QUERY = "A stock.zone (nameservers: 10.0.0.2:53)";
    private static final Resolution UNAVAILABLE = new Resolution.Unavailable("SERVFAIL");
    private static final Resolution ABSENT = new Resolution.Absent(Duration.ofMinutes(5), "NXDOMAIN", false);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger lookups = new AtomicInteger();
    private final List<Resolution> events = new ArrayList<>();
    private Resolution answer = found(1);

    private CachedResolution cached(Executor executor) {
        return new CachedResolution(
                () -> {
                    lookups.incrementAndGet();
                    return answer;
                },
                () -> QUERY,
                CachePolicy.DEFAULT,
                clock,
                new Random(1),
                executor,
                events::add,
                Wait.REAL_TIME);
    }

    private static Resolution.Found found(int port) {
        return found(port, Duration.ofSeconds(60));
    }

    private static Resolution.Found found(int port, Duration ttl) {
        Target target = new Target(new Endpoint(InetAddress.getLoopbackAddress(), port), 1, 1);
        return new Resolution.Found(List.of(target), true, ttl, "");
    }

    @Test
    void looksUpOnceWithinTheTtlAndAgainWithinTheTwentiethAfterIt() throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);

        resolution.get(TIMEOUT);
        clock.advance(Duration.ofMillis(59_999));
        resolution.get(TIMEOUT);
        assertThat(lookups).hasValue(1);

        clock.advance(Duration.ofMillis(3_001));
        resolution.get(TIMEOUT);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void letsNoCallWaitForALookupWhileTargetsAreKnown() throws InterruptedException {
        List<Runnable> postponed = new ArrayList<>();
        CachedResolution resolution = cached(postponed::add);
        resolution.refreshIfDue();
        postponed.removeFirst().run();
        Resolution first = answer;
        answer = found(2);

        clock.advance(Duration.ofMinutes(2));
        assertThat(resolution.get(TIMEOUT)).isEqualTo(first);

        postponed.removeFirst().run();
        assertThat(resolution.get(TIMEOUT)).isEqualTo(answer);
    }

    @Test
    void hasOneLookupInFlightWhateverTheNumberOfCallers() {
        List<Runnable> postponed = new ArrayList<>();
        CachedResolution resolution = cached(postponed::add);

        resolution.refreshIfDue();
        resolution.refreshIfDue();
        resolution.usable();

        assertThat(postponed).hasSize(1);
    }

    @Test
    void cachesThatANameIsAbsentForAtMostFifteenSecondsWhateverTheZoneSays() throws InterruptedException {
        answer = ABSENT;
        CachedResolution resolution = cached(Runnable::run);
        resolution.get(TIMEOUT);
        clock.advance(Duration.ofMillis(14_999));
        assertThat(resolution.get(TIMEOUT)).isEqualTo(ABSENT);
        assertThat(lookups).hasValue(1);

        answer = found(1);
        clock.advance(Duration.ofMillis(752));
        assertThat(resolution.get(TIMEOUT)).isEqualTo(answer);
    }

    @Test
    void backsOffWhileDnsIsUnavailable() throws InterruptedException {
        answer = UNAVAILABLE;
        CachedResolution resolution = cached(Runnable::run);

        for (int second = 0; second < 60; second++) {
            resolution.get(TIMEOUT);
            clock.advance(Duration.ofSeconds(1));
        }

        // After 1, 2, 4, 8, 15, 15 … seconds, each a twentieth later at most.
        assertThat(lookups.get()).isBetween(6, 8);
    }

    @Test
    void countsATtlOfZeroAsASecondAndOneOfADayAsAMinute() throws InterruptedException {
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofDays(1))) {
            lookups.set(0);
            answer = found(1, ttl);
            CachedResolution resolution = cached(Runnable::run);
            resolution.get(TIMEOUT);
            resolution.get(TIMEOUT);
            assertThat(lookups).hasValue(1);
            clock.advance(ttl.isZero() ? Duration.ofMillis(1_050) : Duration.ofSeconds(63));
            resolution.get(TIMEOUT);
            assertThat(lookups).hasValue(2);
        }
    }

    @Test
    void looksUpAgainAfterALookupThatThrew() throws InterruptedException {
        CachedResolution resolution = new CachedResolution(
                () -> {
                    if (lookups.incrementAndGet() == 1) {
                        throw new IllegalStateException("the first lookup");
                    }
                    return answer;
                },
                () -> QUERY,
                CachePolicy.DEFAULT,
                clock,
                new Random(1),
                Runnable::run,
                events::add,
                Wait.REAL_TIME);

        assertThat(resolution.get(TIMEOUT))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation()).contains("the first lookup"));
        clock.advance(Duration.ofSeconds(2));
        assertThat(resolution.get(TIMEOUT)).isEqualTo(answer);
    }

    @Test
    void continuesTheSharedLookupWhenAWaitingCallerIsInterrupted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CachedResolution resolution = new CachedResolution(
                () -> {
                    await(release);
                    return answer;
                },
                () -> QUERY,
                CachePolicy.DEFAULT,
                clock,
                new Random(1),
                task -> Thread.ofVirtual().start(task),
                events::add,
                Wait.REAL_TIME);
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                resolution.get(TIMEOUT);
            } catch (InterruptedException expected) {
                interrupted.complete(expected);
            }
        });
        CompletableFuture<Resolution> other = CompletableFuture.supplyAsync(() -> get(resolution));

        caller.interrupt();
        interrupted.get(5, TimeUnit.SECONDS);
        release.countDown();

        assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo(answer);
    }

    @Test
    void namesTheQueryToACallerAfterItsTimeout() throws InterruptedException {
        CachedResolution resolution = cached(task -> {});

        assertThat(resolution.get(Duration.ofMillis(1)))
                .isEqualTo(new Resolution.Unavailable("no answer within 1 ms to the query " + QUERY));
    }

    @Test
    void namesTheOutcomeOfTheLookupBeforeToACallerAfterItsTimeout() throws InterruptedException {
        List<Runnable> postponed = new ArrayList<>();
        CachedResolution resolution = cached(postponed::add);
        answer = UNAVAILABLE;
        resolution.refreshIfDue();
        postponed.removeFirst().run();
        clock.advance(Duration.ofSeconds(2));

        assertThat(resolution.get(Duration.ofMillis(1)).warning())
                .isEqualTo("no answer within 1 ms to the query " + QUERY + "; the lookup before: SERVFAIL");
    }

    @Test
    void callsItsListenerBeforeAnyCallerSeesTheOutcome() throws InterruptedException {
        List<Boolean> usable = new ArrayList<>();
        List<CachedResolution> observed = new ArrayList<>();
        CachedResolution resolution = new CachedResolution(
                () -> answer,
                () -> QUERY,
                CachePolicy.DEFAULT,
                clock,
                new Random(1),
                Runnable::run,
                outcome -> {
                    events.add(outcome);
                    usable.add(observed.getFirst().usable().isPresent());
                },
                Wait.REAL_TIME);
        observed.add(resolution);

        Resolution seen = resolution.get(TIMEOUT);

        assertThat(events).containsExactly(seen);
        assertThat(usable).containsExactly(false);
    }

    @Test
    void waitsOnlyIfNothingIsKnown() throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);

        assertThat(resolution.get(Duration.ZERO)).isEqualTo(answer);
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> {
            CachedResolution waiting = cached(task -> {});
            Thread.currentThread().interrupt();
            waiting.get(TIMEOUT);
        });
    }

    @Test
    void looksUpAgainWithinATwentiethAfterTheTtl() {
        List<Runnable> lookups = new ArrayList<>();
        CachedResolution resolution = cached(lookups::add);
        answer = found(1, Duration.ofSeconds(20));
        resolution.refreshIfDue();
        lookups.removeFirst().run();

        clock.advance(Duration.ofSeconds(20).minusNanos(1));
        resolution.refreshIfDue();
        assertThat(lookups).isEmpty();

        clock.advance(Duration.ofSeconds(1).plusNanos(1));
        resolution.refreshIfDue();
        assertThat(lookups).hasSize(1);
    }

    private static Resolution get(CachedResolution resolution) {
        try {
            return resolution.get(TIMEOUT);
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
