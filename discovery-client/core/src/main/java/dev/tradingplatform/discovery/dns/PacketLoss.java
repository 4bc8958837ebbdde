package dev.tradingplatform.discovery.dns;

import java.util.concurrent.atomic.AtomicReference;

/** Which of the latest 64 questions were never answered. Safe for concurrent use. */
final class PacketLoss {

    private static final int FEWEST_LOST = 4;

    private final AtomicReference<Window> window = new AtomicReference<>(new Window(0, 0));

    /**
     * @param lost one bit for each question, the latest lowest
     * @param seen how many bits say something, at most 64
     */
    private record Window(long lost, int seen) {
        Window next(int bit) {
            return new Window(lost << 1 | bit, Math.min(Long.SIZE, seen + 1));
        }
    }

    void answered() {
        window.updateAndGet(now -> now.next(0));
    }

    void lost() {
        window.updateAndGet(now -> now.next(1));
    }

    /** Whether several were lost while most were not: a limit, not an outage. */
    boolean comesInBursts() {
        Window now = window.get();
        int lost = Long.bitCount(now.lost());
        return lost >= FEWEST_LOST && 2 * lost <= now.seen();
    }
}
