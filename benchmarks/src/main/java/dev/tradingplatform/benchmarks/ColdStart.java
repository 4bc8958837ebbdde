package dev.tradingplatform.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** A JVM that has just started, a client that has just been opened, and callers that come all at once. */
public final class ColdStart {

    private ColdStart() {}

    /** Prints three durations in milliseconds: opening the client, the median wait of the callers, the longest. */
    public static void main(String[] arguments) throws InterruptedException {
        Servers.Addresses servers = Servers.Addresses.parse(arguments[1]);
        int callers = Integer.parseInt(arguments[2]);
        long begin = System.nanoTime();
        Contender.Calls calls = Contender.valueOf(arguments[0]).open(servers);
        long opened = System.nanoTime() - begin;
        CountDownLatch start = new CountDownLatch(1);
        long[] waits = new long[callers];
        List<Thread> threads = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int index = caller;
            threads.add(Thread.startVirtualThread(() -> waits[index] = firstCall(start, calls)));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        Arrays.sort(waits);
        System.out.printf(
                Locale.ROOT, "%.1f %.1f %.1f%n", opened / 1e6, waits[callers / 2] / 1e6, waits[callers - 1] / 1e6);
        System.exit(0);
    }

    private static long firstCall(CountDownLatch start, Contender.Calls calls) {
        try {
            start.await();
            long begin = System.nanoTime();
            calls.get();
            return System.nanoTime() - begin;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
