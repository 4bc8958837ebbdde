package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.test.ManualTime;
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

class CachedResolutionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String QUESTION = "A stock.zone, asked of 10.0.0.2:53";
    private static final Resolution DOWN = new Resolution.Unavailable("down");
    private static final Resolution GONE = new Resolution.Absent(Duration.ofMinutes(5), "NXDOMAIN");

    private final ManualTime time = new ManualTime();
    private final AtomicInteger lookups = new AtomicInteger();
    private final List<Resolution> heard = new ArrayList<>();
    private Resolution answer = found(1);

    private CachedResolution cached(Executor executor) {
        return new CachedResolution(
                () -> {
                    lookups.incrementAndGet();
                    return answer;
                },
                () -> QUESTION,
                CachePolicy.DEFAULT,
                new Surroundings(time, time, new Random(1), executor),
                heard::add);
    }

    private static Resolution.Found found(int port) {
        Target target = new Target(new Endpoint(InetAddress.getLoopbackAddress(), port), 1, 1);
        return new Resolution.Found(List.of(target), true, Duration.ofSeconds(60), "");
    }

    @Test
    void asksOnceWithinTheTtlAndAgainWithinTheTwentiethAfterIt() throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);

        resolution.get(PATIENCE);
        time.advance(Duration.ofMillis(59_999));
        resolution.get(PATIENCE);
        assertThat(lookups).hasValue(1);

        time.advance(Duration.ofMillis(3_001));
        resolution.get(PATIENCE);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void neverLetsACallWaitForALookupOnceThereAreTargets() throws InterruptedException {
        List<Runnable> postponed = new ArrayList<>();
        CachedResolution resolution = cached(postponed::add);
        resolution.refreshIfDue();
        postponed.removeFirst().run();
        Resolution first = answer;
        answer = found(2);

        time.advance(Duration.ofMinutes(2));
        assertThat(resolution.get(PATIENCE)).isEqualTo(first);

        postponed.removeFirst().run();
        assertThat(resolution.get(PATIENCE)).isEqualTo(answer);
    }

    @Test
    void hasOneLookupUnderWayHoweverManyAsk() {
        List<Runnable> postponed = new ArrayList<>();
        CachedResolution resolution = cached(postponed::add);

        resolution.refreshIfDue();
        resolution.refreshIfDue();
        resolution.refreshIfDue();

        assertThat(postponed).hasSize(1);
    }

    @Test
    void believesThatNothingIsThereForAtMostFifteenSecondsWhateverTheZoneSays() throws InterruptedException {
        answer = GONE;
        CachedResolution resolution = cached(Runnable::run);
        resolution.get(PATIENCE);
        time.advance(Duration.ofMillis(14_999));
        assertThat(resolution.get(PATIENCE)).isEqualTo(GONE);
        assertThat(lookups).hasValue(1);

        answer = found(1);
        time.advance(Duration.ofMillis(752));
        assertThat(resolution.get(PATIENCE)).isEqualTo(answer);
    }

    @Test
    void backsOffWhileDnsIsDown() throws InterruptedException {
        answer = DOWN;
        CachedResolution resolution = cached(Runnable::run);

        for (int second = 0; second < 60; second++) {
            resolution.get(PATIENCE);
            time.advance(Duration.ofSeconds(1));
        }

        // After 1, 2, 4, 8, 15, 15 … seconds, each a twentieth later at most.
        assertThat(lookups.get()).isBetween(6, 8);
    }

    @Test
    void countsATtlOfZeroAsASecondAndOneOfADayAsAMinute() throws InterruptedException {
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofDays(1))) {
            lookups.set(0);
            answer = new Resolution.Found(found(1).targets(), true, ttl, "");
            CachedResolution resolution = cached(Runnable::run);
            resolution.get(PATIENCE);
            resolution.get(PATIENCE);
            assertThat(lookups).hasValue(1);
            time.advance(ttl.isZero() ? Duration.ofMillis(1_050) : Duration.ofSeconds(63));
            resolution.get(PATIENCE);
            assertThat(lookups).hasValue(2);
        }
    }

    @Test
    void looksUpAgainAfterALookupThatThrew() throws InterruptedException {
        CachedResolution resolution = new CachedResolution(
                () -> {
                    if (lookups.incrementAndGet() == 1) {
                        throw new IllegalStateException("a fault");
                    }
                    return answer;
                },
                () -> QUESTION,
                CachePolicy.DEFAULT,
                new Surroundings(time, time, new Random(1), Runnable::run),
                heard::add);

        assertThat(resolution.get(PATIENCE))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation()).contains("a fault"));
        time.advance(Duration.ofSeconds(2));
        assertThat(resolution.get(PATIENCE)).isEqualTo(answer);
    }

    @Test
    void doesNotCancelTheSharedLookupWhenAWaitingCallerIsInterrupted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CachedResolution resolution = new CachedResolution(
                () -> {
                    await(release);
                    return answer;
                },
                () -> QUESTION,
                CachePolicy.DEFAULT,
                new Surroundings(
                        time, time, new Random(1), task -> Thread.ofVirtual().start(task)),
                heard::add);
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                resolution.get(PATIENCE);
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
    void tellsACallerWhoHasNoMorePatience() throws InterruptedException {
        CachedResolution resolution = cached(_ -> {});

        assertThat(resolution.get(Duration.ofMillis(1)))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation())
                                .isEqualTo("no usable answer within 1 ms to " + QUESTION));
    }

    @Test
    void tellsACallerWhoHasNoMorePatienceWhatCameOfTheLookupBeforeToo() throws InterruptedException {
        List<Runnable> postponed = new ArrayList<>();
        CachedResolution resolution = cached(postponed::add);
        answer = DOWN;
        resolution.refreshIfDue();
        postponed.removeFirst().run();
        time.advance(Duration.ofSeconds(2));

        assertThat(resolution.get(Duration.ofMillis(1)).problem())
                .isEqualTo("no usable answer within 1 ms to " + QUESTION + "; the time before: down");
    }

    @Test
    void tellsItsListenerBeforeAnyCaller() throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);

        Resolution seen = resolution.get(PATIENCE);

        assertThat(heard).containsExactly(seen);
    }

    @Test
    void refusesToWaitWithoutPatienceOnlyWhenNothingIsKnown() throws InterruptedException {
        CachedResolution resolution = cached(Runnable::run);

        assertThat(resolution.get(Duration.ZERO)).isEqualTo(answer);
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> {
            CachedResolution waiting = cached(_ -> {});
            Thread.currentThread().interrupt();
            waiting.get(PATIENCE);
        });
    }

    private static Resolution get(CachedResolution resolution) {
        try {
            return resolution.get(PATIENCE);
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
