package dev.tradingplatform.stock.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Speaks to a server byte by byte, as no decent client would. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private static final int AT_ONCE = 512;

    private final Socket socket;
    private final InputStream input;
    private boolean closing;

    /** Connects to a port of 127.0.0.1. */
    public RawClient(int port) {
        this(port, 0);
    }

    /**
     * Connects to a port of 127.0.0.1, and takes in little that is not read.
     *
     * @param receiveBuffer bytes, or 0 for what the system has
     */
    public RawClient(int port, int receiveBuffer) {
        try {
            socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            input = new BufferedInputStream(socket.getInputStream(), AT_ONCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text as it is. */
    public RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all that comes until the server closes the connection. */
    public String answer() {
        try {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the next line that comes. */
    public String line() {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
                line.append((char) next);
            }
            return line.toString().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns one answer by its length or its chunks, and leaves the connection as it is. */
    public String reply() {
        StringBuilder header = new StringBuilder();
        int length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            header.append(line).append("\r\n");
            closing |= line.equals("Connection: close");
            chunked |= line.equals("Transfer-Encoding: chunked");
            if (line.startsWith("Content-Length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return header + "\r\n" + (chunked ? chunks() : text(length));
    }

    private String chunks() {
        StringBuilder body = new StringBuilder();
        int size = Integer.parseInt(line(), 16);
        while (size > 0) {
            body.append(text(size));
            line();
            size = Integer.parseInt(line(), 16);
        }
        line();
        return body.toString();
    }

    private String text(int length) {
        try {
            return new String(input.readNBytes(length), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether a reply said that it was the last, and closes this end if so. */
    public boolean isClosedByServer() {
        if (closing) {
            close();
        }
        return closing;
    }

    /** Returns how many bytes came in one piece, at most so many, or -1 if the server has closed the connection. */
    public int read(int most) {
        try {
            return input.read(new byte[most]);
        } catch (SocketException _) {
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
