package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server on one address whose faults a test switches while it runs: faults of the connection with methods
 * of this class, faults of the response with a {@link BackendBehaviour}. Safe for concurrent use; each connection has a
 * virtual thread.
 *
 * <p>A new backend answers each request with 200 and its own {@link #name}. It records each request that it received.
 */
public final class Backend implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

    private static final int BACKLOG = 1_024;
    private static final Duration NO_TIMEOUT = Duration.ZERO;
    private static final Duration MAX_CLOSING = Duration.ofSeconds(5);

    /** Connections that fill the queue of a listener with a backlog of 1; Linux needs two. */
    private static final int MAX_QUEUE_FILLERS = 8;

    private static final int FILL_TIMEOUT_MILLIS = 50;

    private final InetSocketAddress address;
    private final Optional<SSLContext> tls;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Set<BackendConnection> connections = ConcurrentHashMap.newKeySet();

    private final Queue<BackendRequest> received = new ConcurrentLinkedQueue<>();
    private final Queue<BackendRequest> executed = new ConcurrentLinkedQueue<>();
    private final AtomicLong accepted = new AtomicLong();
    private final LongAdder failedHandshakes = new LongAdder();

    private volatile BackendBehaviour behaviour;
    private volatile Duration idleTimeout = NO_TIMEOUT;
    private volatile Duration handshakeDelay = Duration.ZERO;
    private volatile boolean clientCertificateRequired;

    /**
     * Held while the backend starts or stops to listen; guards the fields below. A lock, because it waits for a thread.
     */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Socket> queueFillers = new ArrayList<>();
    private ServerSocket listener;
    private Future<?> accepting = CompletableFuture.completedFuture(null);
    private Optional<ReservedPort> reserved = Optional.empty();
    private boolean closed;

    private Backend(InetAddress ip, int port, Optional<SSLContext> tls) throws IOException {
        this.tls = tls;
        this.listener = listen(new InetSocketAddress(ip, port), BACKLOG);
        this.address = new InetSocketAddress(ip, listener.getLocalPort());
        this.behaviour = BackendBehaviour.answering(200, name());
        accept();
    }

    /** Starts a server on the loopback address and a free port. */
    public static Backend start() {
        return start(InetAddress.getLoopbackAddress(), 0);
    }

    /**
     * Starts a server.
     *
     * @param ip an IPv4 or IPv6 address of this machine
     * @param port 1 to 65535, or 0 for a free port
     * @throws UncheckedIOException if the port is in use or the address is not an address of this machine
     */
    public static Backend start(InetAddress ip, int port) {
        return start(ip, port, Optional.empty());
    }

    /**
     * Starts a server for HTTPS. {@link TestCertificates} creates contexts.
     *
     * @param context has the certificate of the server, and trusts the certificates of clients if they are required
     * @throws UncheckedIOException if the port is in use or the address is not an address of this machine
     */
    public static Backend startTls(InetAddress ip, int port, SSLContext context) {
        return start(ip, port, Optional.of(context));
    }

    private static Backend start(InetAddress ip, int port, Optional<SSLContext> tls) {
        try {
            return new Backend(ip, port, tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets what happens to requests from now on, also on open connections. Requests in flight are not affected. */
    public Backend behave(BackendBehaviour next) {
        behaviour = next;
        return this;
    }

    /**
     * Sets how long a connection may be idle before the backend closes it, as {@code keep-alive-timeout} of servers
     * does. Applies to a connection when it is opened and after its next request.
     *
     * @param timeout whole milliseconds; zero (the default) for no limit
     */
    public Backend closeIdleAfter(Duration timeout) {
        idleTimeout = timeout;
        return this;
    }

    /** Sets how long the backend waits before each TLS handshake from now on (default zero). */
    public Backend delayHandshake(Duration delay) {
        handshakeDelay = delay;
        return this;
    }

    /** Requires a client certificate, which the server's context must trust, in TLS handshakes from now on. */
    public Backend requireClientCertificate() {
        clientCertificateRequired = true;
        return this;
    }

    /**
     * Closes the connections on which no request is in flight at once, and the others after their response, as a server
     * does that shuts down. Continues to listen.
     */
    public void closeIdleConnections() {
        connections.forEach(connection -> attempt(connection::closeWhenIdle));
    }

    /** Closes all connections, also those with requests in flight, and continues to listen. */
    public void closeConnections() {
        connections.forEach(connection -> attempt(connection::abort));
    }

    /** Stops to listen and closes all connections: new connections are refused until {@link #open}. */
    public void refuse() {
        changeListener(() -> {
            stopListening();
            if (reserved.isEmpty()) {
                reserved = Optional.of(ReservedPort.at(address));
            }
        });
    }

    /**
     * Closes all connections, and lets new connections hang until {@link #open}, as a security group does that drops
     * packets, or a host that vanished: the backend fills the queue of a listener that accepts nothing, so that the
     * system drops the SYN packets of all other clients. Works on Linux.
     *
     * @throws IllegalStateException if this system accepts connections beyond the queue's length
     */
    public void blackHole() {
        changeListener(() -> {
            stopListening();
            listener = listen(address, 1);
            fillQueue();
        });
    }

    /** Listens again on the same address after {@link #refuse} or {@link #blackHole}. */
    public void open() {
        changeListener(() -> {
            stopListening();
            listener = listen(address, BACKLOG);
            accept();
        });
    }

    /** Returns the address and the port of the backend. */
    public InetSocketAddress address() {
        return address;
    }

    /** Returns address and port as in a URL: {@code 127.0.0.1:40123}. */
    public String name() {
        return Endpoints.name(address);
    }

    /** Returns all requests whose headers have arrived, in this order, without their bodies. */
    public List<BackendRequest> received() {
        return List.copyOf(received);
    }

    /** Returns all requests that were executed, in this order, also those whose response did not reach the client. */
    public List<BackendRequest> executed() {
        return List.copyOf(executed);
    }

    /** Removes all requests from {@link #received} and {@link #executed}. */
    public void clearRequests() {
        received.clear();
        executed.clear();
    }

    /** Returns the number of connections accepted since the start. */
    public long accepted() {
        return accepted.get();
    }

    /** Returns the number of connections that are open. */
    public int connections() {
        return connections.size();
    }

    /** Returns the number of TLS handshakes that failed, for example because the client refused the certificate. */
    public long failedHandshakes() {
        return failedHandshakes.sum();
    }

    /** Stops to listen, closes all connections and waits for their threads, at most 5 s. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            stopListening();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(MAX_CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Behaviours of {} are still running {} after it was closed", name(), MAX_CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface SocketAction {
        void run() throws IOException;
    }

    private void changeListener(SocketAction change) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(name() + " is closed");
            }
            change.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the port is free: the system keeps it until no thread accepts connections. */
    private void stopListening() throws IOException {
        listener.close();
        try {
            accepting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        closeConnections();
        for (Socket filler : queueFillers) {
            filler.close();
        }
        queueFillers.clear();
        if (reserved.isPresent()) {
            reserved.orElseThrow().close();
            reserved = Optional.empty();
        }
    }

    private static ServerSocket listen(InetSocketAddress address, int backlog) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, backlog);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void fillQueue() {
        try {
            for (int queued = 0; queued < MAX_QUEUE_FILLERS; queued++) {
                Socket filler = new Socket();
                queueFillers.add(filler);
                filler.connect(address, FILL_TIMEOUT_MILLIS);
            }
        } catch (IOException full) {
            return; // the queue is full, as intended
        }
        throw new IllegalStateException("This system accepts connections beyond the length of a listener's queue");
    }

    private void accept() {
        ServerSocket from = listener;
        accepting = threads.submit(() -> {
            while (true) {
                Socket socket;
                try {
                    socket = from.accept();
                } catch (IOException stopped) {
                    return;
                }
                serve(socket);
            }
        });
    }

    private void serve(Socket socket) {
        try {
            BackendConnection connection =
                    new BackendConnection(socket, accepted.incrementAndGet(), received::add, executed::add);
            connections.add(connection);
            threads.execute(() -> serve(connection));
        } catch (IOException e) {
            LOG.debug("The client closed its connection before it was served: {}", e.getMessage());
        }
    }

    private void serve(BackendConnection connection) {
        try {
            serveAll(connection);
            connection.close();
        } catch (IOException e) {
            LOG.debug("Connection ended: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The behaviour failed, the connection is closed", e);
        } finally {
            attempt(connection::abort);
            connections.remove(connection);
        }
    }

    private void serveAll(BackendConnection connection) throws IOException {
        if (tls.isPresent()) {
            connection.pause(handshakeDelay);
            handshake(connection, tls.orElseThrow());
        }
        boolean kept = true;
        while (kept && connection.awaitRequest(idleTimeout)) {
            try {
                kept = behaviour.serve(connection);
                if (kept) {
                    connection.endRequest();
                }
            } catch (RequestReader.Malformed e) {
                LOG.debug("400 is sent: {}", e.getMessage());
                connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                kept = false;
            }
        }
    }

    private void handshake(BackendConnection connection, SSLContext context) throws IOException {
        try {
            connection.handshake(context, clientCertificateRequired);
        } catch (IOException e) {
            // Not only an SSLException: a client that refuses the certificate may reset the connection after its alert.
            failedHandshakes.increment();
            throw e;
        }
    }

    private static void attempt(SocketAction action) {
        try {
            action.run();
        } catch (IOException e) {
            LOG.debug("Not closed: {}", e.getMessage());
        }
    }
}
