package dev.tradingplatform.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/** A client that has called eight endpoints, and calls them no more. */
public final class Idle {

    private static final int CALLS = 500;

    private Idle() {}

    /** Prints the CPU time of this JVM as a percentage of one core. */
    public static void main(String[] arguments) throws IOException {
        Contender.Calls calls = Contender.valueOf(arguments[0]).open(Servers.Addresses.parse(arguments[1]));
        long millis = Long.parseLong(arguments[2]);
        for (int call = 0; call < CALLS; call++) {
            calls.get();
        }
        // The compiler threads finish what the calls have left to do.
        pause(millis / 2);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        pause(millis);
        System.out.println(100.0 * (system.getProcessCpuTime() - cpu) / (System.nanoTime() - begin));
        System.exit(0);
    }

    private static void pause(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
