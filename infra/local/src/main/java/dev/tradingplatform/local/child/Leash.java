package dev.tradingplatform.local.child;

import java.io.IOException;
import java.time.Duration;

/**
 * Runs inside every child, as an agent, and ends it when the launcher is gone: even one that was killed with -9 can no
 * longer hold its end of the pipe that is the child's standard input. Uses nothing but the JDK, for it travels alone.
 */
public final class Leash {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** 128 + SIGHUP: what a program reports whose terminal went away. */
    private static final int STATUS = 129;

    private Leash() {}

    /**
     * Called by the JVM before the program's main method.
     *
     * @param options what stands behind the agent's name; unused
     */
    public static void premain(String options) {
        Thread.ofPlatform().daemon().name("leash").start(Leash::hold);
    }

    private static void hold() {
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait(); // nobody writes; bytes would mean nothing
            }
        } catch (IOException e) {
            // A broken pipe says the same as a closed one.
        }
        end();
    }

    private static void end() {
        Thread exit = Thread.ofPlatform().daemon().start(() -> System.exit(STATUS));
        try {
            exit.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(STATUS);
    }
}
