package dev.tradingplatform.signal.discovery;

import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Wakes those who wait when an endpoint or a DNS answer has changed. Safe for concurrent use. */
@Component
final class Changes implements DiscoveryListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();

    /** Guarded by the lock. */
    private long count;

    @Override
    public void onEndpointChange(String service, Endpoint endpoint, EndpointState state, String reason) {
        count();
    }

    @Override
    public void onLookup(String service, String outcome, String warning) {
        count();
    }

    /** Wakes everybody. */
    void count() {
        lock.lock();
        try {
            count++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there have been more changes than were seen.
     *
     * @param seen what this method gave last; -1 to be told at once
     * @param longest returns then at the latest
     * @return how many there have been
     */
    long await(long seen, Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (count == seen && left > 0) {
                left = more.awaitNanos(left);
            }
            return count;
        } finally {
            lock.unlock();
        }
    }
}
