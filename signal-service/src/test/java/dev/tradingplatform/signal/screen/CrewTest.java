package dev.tradingplatform.signal.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrewTest {

    private final Crew crew = new Crew(new ScreenSettings(4));

    @Test
    void doesEveryJobOnce() throws IOException {
        List<Integer> results = new ArrayList<>();

        crew.each(IntStream.range(0, 1_000).iterator(), job -> job * 2, results::add);

        assertThat(results)
                .hasSize(1_000)
                .containsAll(
                        IntStream.range(0, 1_000).map(job -> job * 2).boxed().toList());
    }

    @Test
    void neverDoesMoreAtOnceThanThereArePlacesForAllCallersTogether() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch four = new CountDownLatch(4);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            callers.add(CompletableFuture.runAsync(() -> each(job -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                four.countDown();
                await(four);
                underWay.decrementAndGet();
                return job;
            })));
        }
        for (CompletableFuture<Void> caller : callers) {
            caller.get(20, TimeUnit.SECONDS);
        }

        assertThat(most.get()).isEqualTo(4);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void each(UnaryOperator<Integer> work) {
        each(work, _ -> {});
    }

    private void each(UnaryOperator<Integer> work, Crew.Sink<Integer> sink) {
        try {
            crew.each(IntStream.range(0, 500).iterator(), work, sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void slowTakerHoldsTheWorkBack() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        Semaphore mayTake = new Semaphore(0);
        CountDownLatch atIt = new CountDownLatch(4);
        CompletableFuture<Void> all = CompletableFuture.runAsync(() -> {
            try {
                crew.each(
                        IntStream.range(0, 100).iterator(),
                        job -> {
                            begun.incrementAndGet();
                            atIt.countDown();
                            return job;
                        },
                        _ -> mayTake.acquireUninterruptibly());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(atIt.await(10, TimeUnit.SECONDS)).isTrue();

        // one result is being taken, and nothing is begun in its place before it has been
        assertThat(begun.get()).isEqualTo(4);
        mayTake.release(10);
        while (mayTake.availablePermits() > 0 || !mayTake.hasQueuedThreads() || begun.get() < 14) {
            Thread.onSpinWait();
        }
        assertThat(begun.get()).isEqualTo(14);
        mayTake.release(100);
        all.get(10, TimeUnit.SECONDS);
        assertThat(begun.get()).isEqualTo(100);
    }

    @Test
    void jobThatBreaksEndsTheWorkAndHoldsUpNobody() {
        assertThatThrownBy(() -> crew.each(
                        IntStream.range(0, 10).iterator(),
                        job -> {
                            throw new StackOverflowError("no end");
                        },
                        _ -> {}))
                .isInstanceOf(IllegalStateException.class)
                .cause()
                .hasMessage("no end");

        AtomicInteger taken = new AtomicInteger();
        each(job -> job, _ -> taken.incrementAndGet());
        assertThat(taken.get()).isEqualTo(500);
    }

    @Test
    void takerWhoHasGoneEndsTheWork() {
        AtomicInteger begun = new AtomicInteger();

        assertThatThrownBy(() -> crew.each(IntStream.range(0, 1_000).iterator(), job -> begun.incrementAndGet(), _ -> {
                    throw new IOException("gone");
                }))
                .hasMessage("gone");

        assertThat(begun.get()).isLessThanOrEqualTo(4);
    }
}
