package dev.tradingplatform.discovery.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * What a {@link Backend} does with a request. A test can implement its own; it is called by the threads of all
 * connections at once.
 *
 * <p>A behaviour <i>executes</i> a request when it has read the whole request and adds it to {@link Backend#executed},
 * as a service that changes its data. Durations are delays, not timeouts.
 */
@FunctionalInterface
public interface BackendBehaviour {

    /** Longer than every deadline in a test: 1 minute. A backend that is closed does not wait so long. */
    Duration FOREVER = Duration.ofMinutes(1);

    /**
     * Serves one request.
     *
     * @return true if the connection is kept for another request; false if the backend closes it
     * @throws IOException if the connection is closed or fails
     */
    boolean serve(BackendConnection connection) throws IOException;

    /**
     * Executes the request and sends a response. Keeps the connection unless request or response have
     * {@code Connection: close}.
     *
     * @param body sent in UTF-8, with {@code Content-Length}
     * @param headers lines such as {@code Retry-After: 20}
     */
    static BackendBehaviour answering(int status, String body, String... headers) {
        return answering(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Executes the request and sends a response, as {@link #answering(int, String, String...)} does. */
    static BackendBehaviour answering(int status, byte[] body, String... headers) {
        byte[] bytes = body.clone();
        String[] lines = headers.clone();
        return connection -> {
            connection.execute();
            return connection.respond(status, bytes, lines);
        };
    }

    /** Executes the request and sends a response whose body is compressed, also to clients that do not accept it. */
    static BackendBehaviour answeringGzip(int status, String body, String... headers) {
        return answering(
                status,
                gzip(body),
                Stream.concat(Stream.of("Content-Encoding: gzip"), Stream.of(headers))
                        .toArray(String[]::new));
    }

    /**
     * Executes the request and sends a redirect.
     *
     * @param status 301, 302, 303, 307 or 308
     * @param location the value of the header {@code Location}
     */
    static BackendBehaviour redirecting(int status, String location) {
        return answering(status, "", "Location: " + location);
    }

    /**
     * Executes the request and sends a body of {@code x}, in pieces of 64 KiB, so that the backend needs no memory for
     * it.
     *
     * @param length number of bytes
     */
    static BackendBehaviour answeringBytes(long length) {
        byte[] piece = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        return connection -> {
            connection.execute();
            boolean kept = connection.respond(200, new byte[0], "Content-Length: " + length);
            for (long left = length; left > 0; left -= piece.length) {
                connection.write(
                        left < piece.length ? "x".repeat((int) left).getBytes(StandardCharsets.US_ASCII) : piece);
            }
            return kept;
        };
    }

    /**
     * Executes the request and sends server-sent events as chunks, then the end of the body.
     *
     * @param interval the delay before each event
     * @param events the data of each event, without line breaks
     */
    static BackendBehaviour serverSentEvents(Duration interval, List<String> events) {
        List<String> data = List.copyOf(events);
        return connection -> {
            connection.execute();
            boolean kept = connection.respond(
                    200,
                    new byte[0],
                    "Content-Type: text/event-stream",
                    "Cache-Control: no-cache",
                    "Transfer-Encoding: chunked");
            for (String event : data) {
                connection.pause(interval);
                connection.write(chunk("data: " + event + "\n\n"));
            }
            connection.write("0\r\n\r\n");
            return kept;
        };
    }

    /**
     * Reads the headers of the request and sends a response at once with {@code Connection: close}. Reads nothing more,
     * closes the direction to the client (half close) and, after a delay, the connection. It does not execute the
     * request. With {@code Expect: 100-continue}, this refuses the body.
     *
     * @param closeAfter the delay before the connection is closed. If bytes of the body arrive that the backend does
     *     not read, the system sends RST then
     */
    static BackendBehaviour answeringEarly(int status, String body, Duration closeAfter) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return connection -> {
            connection.head();
            connection.respond(status, bytes, "Connection: close");
            connection.closeOutput();
            connection.pause(closeAfter);
            return false;
        };
    }

    /**
     * Reads the headers of the request and sends a response at once, then reads the body and keeps the connection, as
     * servers that drain request bodies do. It does not execute the request.
     */
    static BackendBehaviour answeringEarlyAndReadingOn(int status, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String[] lines = headers.clone();
        return connection -> {
            connection.head();
            boolean kept = connection.respond(status, bytes, lines);
            connection.request();
            return kept;
        };
    }

    /** Executes the request and sends headers byte by byte, each after a pause, without end. */
    static BackendBehaviour drippingHeaders(Duration pause) {
        return connection -> {
            connection.execute();
            connection.write("HTTP/1.1 200 OK\r\nEndless: ");
            return drip(connection, pause);
        };
    }

    /**
     * Executes the request, sends headers at once and a body byte by byte, each after a pause, up to 1,000,000 bytes.
     */
    static BackendBehaviour drippingBody(Duration pause) {
        return connection -> {
            connection.execute();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            return drip(connection, pause);
        };
    }

    /** Executes the request, sends headers at once and then the size of the first chunk byte by byte, without end. */
    static BackendBehaviour drippingChunkSize(Duration pause) {
        return connection -> {
            connection.execute();
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
            return drip(connection, pause);
        };
    }

    private static boolean drip(BackendConnection connection, Duration pause) throws IOException {
        while (true) {
            connection.pause(pause);
            connection.write("x");
        }
    }

    /** Reads nothing and sends nothing, as a process that is stopped (SIGSTOP). */
    static BackendBehaviour silent() {
        return connection -> {
            connection.pause(FOREVER);
            return false;
        };
    }

    /** Executes the request and sends nothing. */
    static BackendBehaviour freezingAfterExecution() {
        return connection -> {
            connection.execute();
            connection.pause(FOREVER);
            return false;
        };
    }

    /** Executes the request, sends headers and 9 of 1,000 bytes of the body, and then nothing. */
    static BackendBehaviour freezingInTheMiddle() {
        return connection -> {
            connection.execute();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe begin");
            connection.pause(FOREVER);
            return false;
        };
    }

    /** Executes the request and closes the connection with RST before it sends anything. */
    static BackendBehaviour breakingAfterExecution() {
        return connection -> {
            connection.execute();
            connection.reset();
            return false;
        };
    }

    /** Executes the request, sends headers and 9 of 1,000 bytes of the body, and closes the connection with RST. */
    static BackendBehaviour breakingInTheMiddle() {
        return connection -> {
            connection.execute();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe begin");
            connection.reset();
            return false;
        };
    }

    /** Reads the headers of a request and serves it with the behaviour that the function returns for them. */
    static BackendBehaviour choosing(Function<BackendRequest, BackendBehaviour> choice) {
        return connection -> choice.apply(connection.head()).serve(connection);
    }

    /** Serves the first request with the first behaviour, the second with the second, and all further with the last. */
    static BackendBehaviour inTurn(BackendBehaviour first, BackendBehaviour... next) {
        List<BackendBehaviour> behaviours =
                Stream.concat(Stream.of(first), Stream.of(next)).toList();
        AtomicInteger served = new AtomicInteger();
        return connection -> behaviours
                .get(Math.min(served.getAndIncrement(), behaviours.size() - 1))
                .serve(connection);
    }

    /** Returns a behaviour that waits, and then does the same. It reads nothing while it waits. */
    default BackendBehaviour after(Duration delay) {
        return connection -> {
            connection.pause(delay);
            return serve(connection);
        };
    }

    /**
     * Returns a behaviour that reads each request and holds it until a number of requests has arrived or a time has
     * passed since it arrived; then it does the same. Once the number is reached, it holds no request any more.
     * Backends that share the behaviour count together.
     */
    default BackendBehaviour heldUntil(int requests, Duration atMost) {
        CountDownLatch arrived = new CountDownLatch(requests);
        return connection -> {
            connection.request();
            arrived.countDown();
            try {
                arrived.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return serve(connection);
        };
    }

    /** Returns a behaviour that does the same and then closes the connection, without having announced it. */
    default BackendBehaviour thenClosing() {
        return connection -> {
            serve(connection);
            return false;
        };
    }

    /**
     * Returns a behaviour that does the same, but does not send 100 to a client that expects it: it waits for the body.
     * RFC 9110 §10.1.1 lets a client send the body then, after a time of its choice.
     */
    default BackendBehaviour withoutContinue() {
        return connection -> {
            connection.sendsContinue(false);
            return serve(connection);
        };
    }

    private static String chunk(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return Integer.toHexString(length) + "\r\n" + text + "\r\n";
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array has no failures
        }
        return bytes.toByteArray();
    }
}
