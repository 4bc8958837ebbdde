package dev.tradingplatform.discovery.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One connection to a {@link Backend}, as its behaviour sees it. For one thread. */
public final class BackendConnection {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Consumer<BackendRequest> execute;
    private final CountDownLatch closed;

    BackendConnection(Socket socket, Consumer<BackendRequest> execute, CountDownLatch closed) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.execute = execute;
        this.closed = closed;
    }

    /** Waits until a request begins to arrive, so that the behaviour of that moment serves it. */
    void awaitRequest() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            throw new EOFException();
        }
        in.reset();
    }

    /** Reads a request whole. */
    BackendRequest read() throws IOException {
        String[] lines = head().split("\r\n", -1);
        String[] start = lines[0].split(" ", -1);
        Map<String, String> headers = new HashMap<>();
        for (int line = 1; line < lines.length; line++) {
            int colon = lines[line].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[line].substring(colon + 1).strip());
            }
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new BackendRequest(start[0], start[1], headers, new String(body, StandardCharsets.ISO_8859_1));
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Records that the request was carried out. */
    void execute(BackendRequest request) {
        execute.accept(request);
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Lets time pass, unless the backend is closed meanwhile. */
    void pause(Duration time) throws IOException {
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EOFException();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EOFException();
        }
    }

    /** Ends the connection with RST instead of FIN. */
    void reset() throws SocketException {
        socket.setSoLinger(true, 0);
    }
}
