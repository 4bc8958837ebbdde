package dev.tradingplatform.discovery.test;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection of an HTTP client that sends and returns bytes as they are. */
final class HttpProbe implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Socket socket;

    HttpProbe(InetSocketAddress server) throws IOException {
        this(new Socket());
        socket.connect(server, (int) TIMEOUT.toMillis());
    }

    HttpProbe(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) TIMEOUT.toMillis());
    }

    HttpProbe send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HttpProbe send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    HttpProbe get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: stock-service\r\n\r\n");
    }

    /** Reads the status line and the headers, with the empty line. */
    String head() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("After \"" + head + "\"");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads a response whose body has a length; returns the body. */
    String body() throws IOException {
        String head = head();
        int length = Integer.parseInt(
                head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1").strip());
        return text(length);
    }

    String text(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Returns whether nothing can be read within this time. */
    boolean isSilent(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
        }
    }

    /** Returns whether the next thing to read is the end of the stream, and not a byte or a reset. */
    boolean atEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
