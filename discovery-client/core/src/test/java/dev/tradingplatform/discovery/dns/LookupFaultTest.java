package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.ManualTime;
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

/** Scenario: something throws where nothing should. Nobody waits in vain, stale targets serve on, and it is told. */
@Timeout(20)
class LookupFaultTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);
    private static final Resolution GOOD = new Resolution.Found(
            List.of(new Target(new Endpoint(InetAddress.getLoopbackAddress(), 80), 1, 1)),
            true,
            Duration.ofSeconds(60),
            "");

    private final ManualTime time = new ManualTime();
    private final AtomicBoolean broken = new AtomicBoolean();

    private CachedResolution cached(Supplier<Resolution> lookup, Executor executor, Consumer<Resolution> listener) {
        return new CachedResolution(
                lookup,
                () -> "stock",
                CachePolicy.DEFAULT,
                new Surroundings(time, time, new Random(1), executor),
                listener);
    }

    static Stream<Runnable> faults() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("the transport died");
                },
                () -> {
                    throw new StackOverflowError("the transport died");
                },
                () -> {
                    throw new NoClassDefFoundError("the transport died");
                });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void leavesNoCallerWaitingWhenALookupThrows(Runnable fault) throws InterruptedException {
        CachedResolution resolution = cached(
                () -> {
                    if (broken.get()) {
                        fault.run();
                    }
                    return GOOD;
                },
                THREADS,
                _ -> {});
        broken.set(true);

        assertThat(resolution.get(PATIENCE))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        told -> assertThat(told.explanation()).contains("the transport died"));

        broken.set(false);
        time.advance(Duration.ofSeconds(2));
        assertThat(resolution.get(PATIENCE)).isEqualTo(GOOD);
    }

    @Test
    void servesStaleTargetsAndTellsWhenNoThreadCanBeStarted() throws InterruptedException {
        CachedResolution resolution = cached(
                () -> GOOD,
                task -> {
                    if (broken.get()) {
                        throw new RejectedExecutionException("no more threads");
                    }
                    task.run();
                },
                _ -> {});
        resolution.get(PATIENCE);
        broken.set(true);
        time.advance(Duration.ofSeconds(64));

        assertThat(resolution.get(PATIENCE)).isEqualTo(GOOD);
        assertThat(resolution.stale()).isTrue();
        assertThat(resolution.problem()).contains("no more threads");

        broken.set(false);
        time.advance(Duration.ofSeconds(2));
        assertThat(resolution.get(PATIENCE)).isEqualTo(GOOD);
        assertThat(resolution.stale()).isFalse();
    }

    @Test
    void keepsTheAnswerOfALookupWhoseListenerThrows() throws InterruptedException {
        CachedResolution resolution = cached(() -> GOOD, THREADS, _ -> {
            throw new IllegalStateException("a listener with a fault");
        });

        assertThat(resolution.get(PATIENCE)).isEqualTo(GOOD);
        time.advance(Duration.ofSeconds(64));
        assertThat(resolution.get(PATIENCE)).isEqualTo(GOOD);
    }

    @Test
    void makesAnExplanationOfNameserversThatCannotBeRead() throws InterruptedException {
        DnsResolver resolver = new DnsResolver(
                () -> {
                    throw new IllegalStateException("resolv.conf is a directory");
                },
                RecordType.SRV,
                new AddressPolicy(false),
                System::nanoTime);
        CachedResolution resolution = cached(() -> resolver.resolve(Zone.STOCK, Zone.URL_PORT), THREADS, _ -> {});

        assertThat(resolution.get(PATIENCE))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        told -> assertThat(told.explanation()).contains("resolv.conf is a directory"));
    }
}
