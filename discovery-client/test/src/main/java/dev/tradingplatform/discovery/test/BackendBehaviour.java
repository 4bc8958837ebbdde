package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.time.Duration;

/** What a {@link Backend} does with the next request of a connection. */
@FunctionalInterface
public interface BackendBehaviour {

    /** Longer than any deadline in a test. */
    Duration FOR_EVER = Duration.ofMinutes(1);

    /** Serves one request; whether the connection is kept for another. */
    boolean serve(BackendConnection connection) throws IOException;

    /** Carries the request out and answers it. */
    static BackendBehaviour answering(int status, String body, String... headers) {
        String head = "HTTP/1.1 " + status + " \r\nContent-Length: " + body.length() + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n";
        return connection -> {
            connection.execute(connection.read());
            connection.write(head + body);
            return true;
        };
    }

    /** Carries the request out and sends a head byte by byte, each after a pause, for ever. */
    static BackendBehaviour drippingHeaders(Duration pause) {
        return connection -> {
            connection.execute(connection.read());
            connection.write("HTTP/1.1 200 OK\r\nEndless: ");
            return dripping(connection, pause);
        };
    }

    /** Carries the request out, and sends a head at once and a body byte by byte, each after a pause, for ever. */
    static BackendBehaviour drippingBody(Duration pause) {
        return connection -> {
            connection.execute(connection.read());
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            return dripping(connection, pause);
        };
    }

    /** The same in chunks, of which not even the size of the first one is ever whole. */
    static BackendBehaviour drippingChunkSize(Duration pause) {
        return connection -> {
            connection.execute(connection.read());
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
            return dripping(connection, pause);
        };
    }

    private static boolean dripping(BackendConnection connection, Duration pause) throws IOException {
        while (true) {
            connection.pause(pause);
            connection.write("x");
        }
    }

    /** Reads nothing more and never answers. */
    static BackendBehaviour silent() {
        return connection -> {
            connection.pause(FOR_EVER);
            return false;
        };
    }

    /** Carries the request out, sends a part of the answer, and breaks the connection. */
    static BackendBehaviour breakingInTheMiddle() {
        return connection -> {
            connection.execute(connection.read());
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe begin");
            connection.reset();
            return false;
        };
    }

    /** Carries the request out and breaks the connection before it answers. */
    static BackendBehaviour breakingAfterExecution() {
        return connection -> {
            connection.execute(connection.read());
            connection.reset();
            return false;
        };
    }

    /** Carries the request out and never answers. */
    static BackendBehaviour freezingAfterExecution() {
        return connection -> {
            connection.execute(connection.read());
            connection.pause(FOR_EVER);
            return false;
        };
    }

    /** The same, later. */
    default BackendBehaviour after(Duration delay) {
        return connection -> {
            connection.pause(delay);
            return serve(connection);
        };
    }
}
