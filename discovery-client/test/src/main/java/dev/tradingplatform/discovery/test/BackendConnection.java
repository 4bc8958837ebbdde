package dev.tradingplatform.discovery.test;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * One connection to a {@link Backend}, with which a {@link BackendBehaviour} serves the current request. For one
 * thread.
 *
 * <p>Methods that read or write throw an {@link IOException} if the client or the backend closes the connection; a
 * behaviour lets it pass.
 */
public final class BackendConnection {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(206, "Partial Content"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(308, "Permanent Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"));

    private final Socket plain;
    private final long number;
    private final Consumer<BackendRequest> received;
    private final Consumer<BackendRequest> executed;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** The TCP connection or, after the handshake, the TLS connection over it. Other threads only close it. */
    private volatile Socket socket;

    /** Written by the thread of the connection; other threads read it to close idle connections. */
    private volatile boolean idle = true;

    /**
     * Set by other threads. The connection's thread reads it after it has set {@link #idle}, so that one of both
     * closes.
     */
    private volatile boolean closingWhenIdle;

    private RequestReader reader;
    private BackendRequest.Connection peer;
    private boolean continueSent;
    private boolean sendsContinue = true;
    private Optional<RequestReader.Head> head = Optional.empty();
    private Optional<BackendRequest> request = Optional.empty();

    /**
     * @param number of the connection, from 1
     * @param received gets each request when its headers have arrived
     * @param executed gets each request that a behaviour executes
     */
    BackendConnection(Socket plain, long number, Consumer<BackendRequest> received, Consumer<BackendRequest> executed)
            throws IOException {
        this.plain = plain;
        this.number = number;
        this.received = received;
        this.executed = executed;
        this.socket = plain;
        this.reader = new RequestReader(plain.getInputStream());
        this.peer = new BackendRequest.Connection(number, Optional.empty(), Optional.empty());
        plain.setTcpNoDelay(true);
    }

    /** Performs the TLS handshake; everything that is read and written later is encrypted. */
    void handshake(SSLContext context, boolean clientCertificateRequired) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(clientCertificateRequired);
        secure.startHandshake();
        socket = secure;
        reader = new RequestReader(secure.getInputStream());
        peer = new BackendRequest.Connection(number, serverName(secure), clientName(secure));
    }

    private static Optional<String> serverName(SSLSocket secure) {
        return ((ExtendedSSLSession) secure.getSession())
                .getRequestedServerNames().stream()
                        .findFirst()
                        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII));
    }

    private static Optional<String> clientName(SSLSocket secure) {
        try {
            return Optional.of(secure.getSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /**
     * Waits until the next request begins to arrive.
     *
     * @param idleTimeout zero for none
     * @return false if the connection is to be closed, because it was idle for the timeout or by {@link #closeWhenIdle}
     */
    boolean awaitRequest(Duration idleTimeout) throws IOException {
        idle = true;
        if (closingWhenIdle) {
            return false;
        }
        socket.setSoTimeout(Math.toIntExact(idleTimeout.toMillis()));
        try {
            reader.await();
        } catch (SocketTimeoutException e) {
            return false;
        }
        socket.setSoTimeout(0);
        idle = false;
        return true;
    }

    /** Reads what the behaviour has not read of the current request. */
    void endRequest() throws IOException {
        request();
        head = Optional.empty();
        request = Optional.empty();
        continueSent = false;
        sendsContinue = true;
    }

    /** Reads the headers of the current request, but not its body. Further calls return the same headers. */
    public BackendRequest head() throws IOException {
        return toRequest(readHead(), RequestReader.Body.NONE);
    }

    /**
     * Reads the whole current request. Further calls return the same request. If the request has the header
     * {@code Expect: 100-continue} (RFC 9110 §10.1.1), sends 100 before it reads the body.
     */
    public BackendRequest request() throws IOException {
        if (request.isEmpty()) {
            RequestReader.Head first = readHead();
            if (first.expectsContinue() && sendsContinue && !continueSent) {
                continueSent = true;
                write("HTTP/1.1 100 Continue\r\n\r\n");
            }
            request = Optional.of(toRequest(first, reader.body(first)));
        }
        return request.orElseThrow();
    }

    /** Reads the whole current request and adds it to {@link Backend#executed}. */
    public BackendRequest execute() throws IOException {
        BackendRequest complete = request();
        executed.accept(complete);
        return complete;
    }

    /** Sets whether {@link #request} sends 100 to a client that expects it; applies to the current request. */
    void sendsContinue(boolean sends) {
        sendsContinue = sends;
    }

    /**
     * Sends a complete response. It adds {@code Content-Length} unless the headers have a length or a transfer coding.
     * Responses to HEAD and with status 204 or 304 have no body (RFC 9112 §6.3).
     *
     * @param headers lines such as {@code Retry-After: 20}
     * @return whether the connection can be kept: {@code Connection: close} is in neither the request nor the response
     */
    public boolean respond(int status, byte[] body, String... headers) throws IOException {
        RequestReader.Head asked = readHead();
        List<String> lines = List.of(headers);
        boolean framed = hasHeader(lines, "content-length") || hasHeader(lines, "transfer-encoding");
        boolean bodyless = status == NO_CONTENT || status == NOT_MODIFIED;
        StringBuilder text = new StringBuilder(statusLine(status));
        if (!framed && !bodyless) {
            text.append("Content-Length: ").append(body.length).append("\r\n");
        }
        lines.forEach(line -> text.append(line).append("\r\n"));
        text.append("\r\n");
        byte[] top = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] rest = bodyless || asked.method().equals("HEAD") ? new byte[0] : body;
        // In one piece: a client that gets headers and body together does not depend on the timing of packets.
        byte[] all = new byte[top.length + rest.length];
        System.arraycopy(top, 0, all, 0, top.length);
        System.arraycopy(rest, 0, all, top.length, rest.length);
        write(all);
        return !asked.asksToClose() && !closes(lines);
    }

    /** Sends text as it is, encoded as UTF-8. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes as they are. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /**
     * Waits.
     *
     * @throws EOFException if the backend closes the connection meanwhile
     */
    public void pause(Duration time) throws IOException {
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EOFException("The backend closed the connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EOFException("The backend is closing");
        }
    }

    /** Closes the direction to the client (FIN, with TLS close_notify); the client can still send. */
    public void closeOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes the connection with RST instead of FIN, without a TLS close_notify. */
    public void reset() throws IOException {
        plain.setSoLinger(true, 0);
        abort();
    }

    /** Returns the status line with its line end, such as {@code HTTP/1.1 404 Not Found}. */
    static String statusLine(int status) {
        return "HTTP/1.1 " + status + " " + REASONS.getOrDefault(status, "") + "\r\n";
    }

    /** Closes the connection now or, if a request is in flight, after its response. */
    void closeWhenIdle() throws IOException {
        closingWhenIdle = true;
        if (idle) {
            close();
        }
    }

    /** Closes the connection in the way of a server that has nothing more to say: with TLS close_notify, then FIN. */
    void close() throws IOException {
        closed.countDown();
        socket.close();
    }

    /** Closes the TCP connection alone, as the end of a process does. */
    void abort() throws IOException {
        closed.countDown();
        plain.close();
    }

    private RequestReader.Head readHead() throws IOException {
        if (head.isEmpty()) {
            head = Optional.of(reader.head());
            received.accept(toRequest(head.orElseThrow(), RequestReader.Body.NONE));
        }
        return head.orElseThrow();
    }

    private BackendRequest toRequest(RequestReader.Head top, RequestReader.Body body) {
        return new BackendRequest(
                top.method(), top.path(), top.headers(), body.text(), body.length(), body.sha256(), peer);
    }

    private static boolean hasHeader(List<String> lines, String name) {
        return lines.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"));
    }

    private static boolean closes(List<String> lines) {
        return lines.stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> line.startsWith("connection:") && line.contains("close"));
    }
}
