package dev.tradingplatform.discovery.call;

import java.util.OptionalLong;

/**
 * When whoever waits for the work of this thread gives up: no call that begins on the thread meanwhile goes on for
 * longer. Holds for the thread that opened it, until it is closed there; a thread started from it inherits nothing.
 */
public final class InheritedDeadline implements AutoCloseable {

    private static final ThreadLocal<OptionalLong> CURRENT = ThreadLocal.withInitial(OptionalLong::empty);

    private final OptionalLong outer;

    private InheritedDeadline(OptionalLong outer) {
        this.outer = outer;
    }

    /**
     * Begins to limit the calls of this thread; a limit that is there already goes on to hold if it ends earlier.
     *
     * @param nanoTime in nanoseconds of {@link System#nanoTime()}
     * @return to be closed by the same thread
     */
    public static InheritedDeadline until(long nanoTime) {
        OptionalLong outer = CURRENT.get();
        CURRENT.set(OptionalLong.of(earlier(nanoTime)));
        return new InheritedDeadline(outer);
    }

    /** The given deadline, or this thread's if that is earlier. */
    static long earlier(long deadline) {
        long limit = CURRENT.get().orElse(deadline);
        return limit - deadline < 0 ? limit : deadline;
    }

    @Override
    public void close() {
        if (outer.isPresent()) {
            CURRENT.set(outer);
        } else {
            CURRENT.remove();
        }
    }
}
