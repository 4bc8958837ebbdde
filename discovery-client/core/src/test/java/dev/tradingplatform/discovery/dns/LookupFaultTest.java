package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.ManualClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenario: code that must not throw throws. No caller waits, stale targets stay in use, and the warning says why. */
@Timeout(20)
class LookupFaultTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);
    private static final Resolution GOOD = new Resolution.Found(
            List.of(new Target(new Endpoint(InetAddress.getLoopbackAddress(), 80), 1, 1)),
            true,
            Duration.ofSeconds(60),
            "");

    private final ManualClock clock = new ManualClock();
    private final AtomicBoolean broken = new AtomicBoolean();

    private CachedResolution cached(Supplier<Resolution> lookup, Executor executor, Consumer<Resolution> listener) {
        return new CachedResolution(
                lookup, () -> "stock", CachePolicy.DEFAULT, clock, new Random(1), executor, listener, Wait.REAL_TIME);
    }

    static Stream<Runnable> faults() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("the transport failed");
                },
                () -> {
                    throw new StackOverflowError("the transport failed");
                },
                () -> {
                    throw new NoClassDefFoundError("the transport failed");
                });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void endsTheWaitOfCallersWhenALookupThrows(Runnable fault) throws InterruptedException {
        CachedResolution resolution = cached(
                () -> {
                    if (broken.get()) {
                        fault.run();
                    }
                    return GOOD;
                },
                THREADS,
                outcome -> {});
        broken.set(true);

        assertThat(resolution.get(TIMEOUT))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation()).contains("the transport failed"));

        broken.set(false);
        clock.advance(Duration.ofSeconds(2));
        assertThat(resolution.get(TIMEOUT)).isEqualTo(GOOD);
    }

    @Test
    void keepsStaleTargetsAndWarnsWhenNoThreadCanBeStarted() throws InterruptedException {
        CachedResolution resolution = cached(
                () -> GOOD,
                task -> {
                    if (broken.get()) {
                        throw new RejectedExecutionException("no more threads");
                    }
                    task.run();
                },
                outcome -> {});
        resolution.get(TIMEOUT);
        broken.set(true);
        clock.advance(Duration.ofSeconds(64));

        assertThat(resolution.get(TIMEOUT)).isEqualTo(GOOD);
        assertThat(resolution.stale()).isTrue();
        assertThat(resolution.warning()).contains("no more threads");

        broken.set(false);
        clock.advance(Duration.ofSeconds(2));
        assertThat(resolution.get(TIMEOUT)).isEqualTo(GOOD);
        assertThat(resolution.stale()).isFalse();
    }

    @Test
    void keepsTheAnswerOfALookupWhoseListenerThrows() throws InterruptedException {
        CachedResolution resolution = cached(() -> GOOD, THREADS, outcome -> {
            throw new IllegalStateException("the listener");
        });

        assertThat(resolution.get(TIMEOUT)).isEqualTo(GOOD);
        clock.advance(Duration.ofSeconds(64));
        assertThat(resolution.get(TIMEOUT)).isEqualTo(GOOD);
    }

    @Test
    void explainsThatTheNameserversCannotBeRead() throws InterruptedException {
        DnsResolver resolver = new DnsResolver(
                () -> {
                    throw new IllegalStateException("resolv.conf is a directory");
                },
                RecordType.SRV,
                ZoneServer.IPV4,
                CloudMap.MAX_RECORDS,
                System::nanoTime);
        CachedResolution resolution =
                cached(() -> resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT), THREADS, outcome -> {});

        assertThat(resolution.get(TIMEOUT))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation()).contains("resolv.conf is a directory"));
    }
}
