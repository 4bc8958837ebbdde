package dev.tradingplatform.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks signal-service for a signal so many times a second, whether or not it has answered, until closed. */
final class SignalLoad implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** One after the other, before the load: a JVM that has just started answers its first requests slowly. */
    private static final int FIRST_REQUESTS = 500;

    private final HttpClient http;
    private final HttpRequest request;
    private final Duration interval;
    private final Thread keeper;
    private final Queue<Thread> askers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /** How long each answer took, in nanoseconds from when its request was due; guarded by {@code this}. */
    private final List<Long> took = new ArrayList<>();

    SignalLoad(HttpClient http, InetSocketAddress signalService, int perSecond) {
        this.http = http;
        this.interval = Duration.ofSeconds(1).dividedBy(perSecond);
        this.request = HttpRequest.newBuilder(
                        URI.create("http://%s/api/v1/signals/TICKER_1?strategy=sma-cross&fast=10&slow=30"
                                .formatted(Story.address(signalService))))
                .timeout(TIMEOUT)
                .build();
        for (int sent = 0; sent < FIRST_REQUESTS; sent++) {
            ask();
        }
        this.keeper = Thread.startVirtualThread(this::keepPace);
    }

    /** How many requests ended well or badly. */
    synchronized int answers() {
        return took.size();
    }

    /** The time that the given share of the answers did not exceed; 1.0 for the slowest one. */
    synchronized Duration percentile(double share) {
        List<Long> sorted = took.stream().sorted().toList();
        return Duration.ofNanos(sorted.get(
                Math.clamp((int) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1)));
    }

    /** What went wrong, one entry a request. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized void awaitAnswers(int least, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (took.size() < least) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(took.size() + " answers of " + least + "; failures: " + failures);
            }
            wait(left);
        }
    }

    /** Asks no more, and waits for the answers that are still to come. */
    @Override
    public void close() {
        closed.countDown();
        try {
            keeper.join();
            for (Thread asker : askers) {
                asker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepPace() {
        long next = System.nanoTime();
        try {
            while (!closed.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                long due = next;
                askers.add(Thread.startVirtualThread(() -> ask(due)));
                next += interval.toNanos();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(long due) {
        ask();
        count(System.nanoTime() - due);
    }

    private void ask() {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (!isFresh(response)) {
                failures.add(response.statusCode() + " " + response.body());
            }
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A copy that signal-service kept from better times would hide that no replica answered. */
    private static boolean isFresh(HttpResponse<String> response) {
        return response.statusCode() == 200 && !response.body().contains("\"stale\":true");
    }

    private synchronized void count(long nanos) {
        took.add(nanos);
        notifyAll();
    }
}
