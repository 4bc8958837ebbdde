package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackgroundClockTest {

    static Stream<Runnable> faults() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("a fault");
                },
                () -> {
                    throw new StackOverflowError("a fault");
                },
                () -> {
                    throw new OutOfMemoryError("unable to create native thread");
                });
    }

    @ParameterizedTest
    @MethodSource("faults")
    void goesOnWhateverTheTaskThrows(Runnable fault) throws InterruptedException {
        CountDownLatch thrice = new CountDownLatch(3);
        try (BackgroundClock clock = new BackgroundClock()) {
            clock.every(1, () -> {
                thrice.countDown();
                fault.run();
            });

            assertThat(thrice.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
