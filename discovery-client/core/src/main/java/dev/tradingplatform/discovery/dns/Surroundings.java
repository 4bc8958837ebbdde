package dev.tradingplatform.discovery.dns;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time, chance and threads, from outside, so that tests can move them by hand. Each is safe for concurrent use.
 *
 * @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()}: every duration is measured with it
 * @param wallClock the time of day, only ever shown
 * @param random for spreading and choosing
 * @param executor where lookups and probes run; they block
 */
public record Surroundings(LongSupplier nanoTime, InstantSource wallClock, RandomGenerator random, Executor executor) {

    /** The machine's clocks, a generator per thread, a virtual thread per task. */
    public static Surroundings system() {
        return new Surroundings(
                System::nanoTime,
                InstantSource.system(),
                new ThreadLocalGenerator(),
                task -> Thread.ofVirtual().name("discovery-lookup").start(task));
    }
}
