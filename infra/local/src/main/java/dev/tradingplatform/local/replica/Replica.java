package dev.tradingplatform.local.replica;

import dev.tradingplatform.local.child.Child;
import dev.tradingplatform.local.replica.ReplicaEvent.Died;
import dev.tradingplatform.local.replica.ReplicaEvent.Ready;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one replica alive: one address, one process after another, each with an instance id of its own. Safe for
 * concurrent use; all the waiting is done in one virtual thread.
 */
public final class Replica {

    private static final Duration START_PROBE_INTERVAL = Duration.ofMillis(100);

    /** Ctrl-C reaches the processes before this JVM knows of it: their end is no news then. */
    private static final Duration SETTLING = Duration.ofMillis(300);

    private static final int INSTANCE_ID_BYTES = 16;
    private static final int LINES_SHOWN = 12;

    private final ReplicaSpec spec;
    private final Cluster cluster;
    private final Pace pace;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Guarded by {@code this}: nothing is started after {@link #askToStop}. */
    private @Nullable Child current;

    /**
     * @param nanos elapsed time in nanoseconds
     * @param random makes instance ids; used by the replica's thread alone
     */
    public Replica(ReplicaSpec spec, Cluster cluster, Pace pace, LongSupplier nanos, RandomGenerator random) {
        this.spec = spec;
        this.cluster = cluster;
        this.pace = pace;
        this.nanos = nanos;
        this.random = random;
    }

    /** What it is. */
    public ReplicaSpec spec() {
        return spec;
    }

    /** Begins its life; returns at once. */
    public void start() {
        Thread.ofVirtual().name(spec.title()).start(this::live);
    }

    /** Completes when it is ready for the first time, or with a {@link StartFailure} when its first process is not. */
    public CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    /** Its process, if one runs. */
    public synchronized Optional<Child> child() {
        return Optional.ofNullable(current);
    }

    /** Asks its process to end, and starts no other. */
    public synchronized void askToStop() {
        stopping.countDown();
        child().ifPresent(Child::askToEnd);
    }

    /** Waits for its end, for at most so long, and tells whether it came. */
    public boolean stopsWithin(Duration patience) throws InterruptedException {
        return stopped.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void live() {
        try {
            cluster.children().forget(spec.logName());
            boolean again = false;
            Duration pause = Duration.ZERO;
            while (!stopsAfter(pause)) {
                pause = liveOnce(again, pause);
                again = true;
            }
        } catch (StartFailure e) {
            firstReady.completeExceptionally(e);
        } catch (IOException e) {
            firstReady.completeExceptionally(
                    new StartFailure("%s could not be started: %s.".formatted(spec.title(), e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private Duration liveOnce(boolean again, Duration lastPause) throws IOException, InterruptedException {
        String instanceId = newInstanceId();
        long start = nanos.getAsLong();
        Child child = startProcess(instanceId);
        Duration lived = Duration.ZERO;
        if (becomesReady(child, start)) {
            Duration took = since(start);
            long ready = nanos.getAsLong();
            Watch watch = new Watch(spec, cluster, pace, child, instanceId);
            watch.begin();
            firstReady.complete(null);
            cluster.events().accept(new Ready(spec, child.pid(), instanceId, took, again));
            watch.untilEnd();
            lived = since(ready);
        }
        Duration pause = pace.pauseAfter(lastPause, lived);
        if (!stopsAfter(SETTLING)) {
            if (!firstReady.isDone()) {
                throw neverReady(child, since(start).compareTo(pace.startLimit()) > 0);
            }
            cluster.events().accept(new Died(spec, child.pid(), child.ending(), pause));
        }
        return pause;
    }

    private String newInstanceId() {
        byte[] id = new byte[INSTANCE_ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private synchronized Child startProcess(String instanceId) throws IOException {
        Child child = cluster.children().start(spec.logName(), spec.program().apply(instanceId));
        current = child;
        if (stopping.getCount() == 0) {
            child.kill(); // asked to stop just before
        }
        return child;
    }

    private boolean becomesReady(Child child, long start) throws InterruptedException {
        while (!child.endsWithin(START_PROBE_INTERVAL)) {
            if (cluster.health().passes(spec.address())) {
                return true;
            }
            if (since(start).compareTo(pace.startLimit()) > 0) {
                child.kill();
            }
        }
        return false;
    }

    private StartFailure neverReady(Child child, boolean tooSlow) {
        String what = tooSlow
                ? "was not ready after " + pace.startLimit().toSeconds() + " s"
                : child.ending() + " before it was ready";
        String lines = child.lastLines(LINES_SHOWN).stream()
                .map(line -> "  | " + line)
                .collect(Collectors.joining(System.lineSeparator()));
        return new StartFailure("%s %s. The end of %s:%n%s".formatted(spec.title(), what, child.log(), lines));
    }

    private Duration since(long start) {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }

    private boolean stopsAfter(Duration patience) throws InterruptedException {
        return stopping.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
