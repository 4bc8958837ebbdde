package dev.tradingplatform.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks signal-service for a signal 50 times a second, whether or not it has answered, until closed. */
final class SignalLoad implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final HttpRequest request;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> failures = new CopyOnWriteArrayList<>();

    /** Guarded by {@code this}. */
    private int answers;

    SignalLoad(HttpClient http, InetSocketAddress signalService) {
        this.http = http;
        this.request = HttpRequest.newBuilder(
                        URI.create("http://%s/api/v1/signals/TICKER_1?strategy=sma-cross&fast=10&slow=30"
                                .formatted(Story.address(signalService))))
                .timeout(TIMEOUT)
                .build();
        Thread.startVirtualThread(this::keepPace);
    }

    /** How many requests ended well or badly. */
    synchronized int answers() {
        return answers;
    }

    /** What went wrong, one entry a request. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized void awaitAnswers(int least, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (answers < least) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(answers + " answers of " + least + "; failures: " + failures);
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void keepPace() {
        long next = System.nanoTime();
        try {
            while (!closed.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                Thread.startVirtualThread(this::ask);
                next += INTERVAL.toNanos();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        count();
    }

    /** A copy that signal-service kept from better times would hide that no replica answered. */
    private static boolean isFresh(HttpResponse<String> response) {
        return response.statusCode() == 200 && !response.body().contains("\"stale\":true");
    }

    private synchronized void count() {
        answers++;
        notifyAll();
    }
}
