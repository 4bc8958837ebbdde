package dev.tradingplatform.discovery.test;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections and answers the queries on each, one after another, in a thread of its own (RFC 7766). */
final class TcpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int IDLE_MILLIS = 10_000;
    private static final int BACKLOG = 128;

    private final DnsResponder responder;
    private final ExecutorService threads;
    private final CountDownLatch closed;
    private final InetSocketAddress address;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;
    private Future<?> accepting = CompletableFuture.completedFuture(null);
    private volatile TcpMode mode = TcpMode.SERVING;

    TcpListener(InetAddress address, int port, DnsResponder responder, ExecutorService threads, CountDownLatch closed)
            throws IOException {
        this.responder = responder;
        this.threads = threads;
        this.closed = closed;
        this.listening = listen(new InetSocketAddress(address, port));
        this.address = new InetSocketAddress(address, listening.getLocalPort());
    }

    int port() {
        return address.getPort();
    }

    synchronized void start() {
        ServerSocket socket = listening;
        accepting = threads.submit(() -> accept(socket));
    }

    /** Switches for connections to come, and ends those that are open. */
    synchronized void mode(TcpMode next) throws IOException {
        mode = next;
        if (next == TcpMode.REFUSING) {
            close();
        } else if (listening.isClosed() && closed.getCount() > 0) {
            listening = listen(address);
            start();
        } else {
            closeConnections();
        }
    }

    /** Returns when nothing listens any more: the system refuses connections only once no thread accepts them. */
    @Override
    public synchronized void close() {
        closeQuietly(listening);
        try {
            accepting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        closeConnections();
    }

    private static ServerSocket listen(InetSocketAddress address) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                begin(socket, socket.accept());
            } catch (IOException e) {
                LOG.debug("No connection accepted: {}", e.getMessage());
            }
        }
    }

    private void begin(ServerSocket acceptedBy, Socket connection) {
        connections.add(connection);
        try {
            threads.execute(() -> converse(acceptedBy, connection));
        } catch (RejectedExecutionException e) {
            closeQuietly(connection); // accepted while the server was closing
        }
    }

    private void converse(ServerSocket acceptedBy, Socket connection) {
        try (connection) {
            connection.setSoTimeout(IDLE_MILLIS);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            // One that was accepted while the server was closing has not been seen by closeConnections.
            while (!acceptedBy.isClosed() && mode != TcpMode.CLOSING && answerOne(in, out)) {
                LOG.trace("Answered one query of {}", connection);
            }
        } catch (IOException e) {
            LOG.debug("Connection of {} ended: {}", connection.getRemoteSocketAddress(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private boolean answerOne(DataInputStream in, DataOutputStream out) throws IOException, InterruptedException {
        byte[] wire = in.readNBytes(in.readUnsignedShort());
        if (mode == TcpMode.HANGING) {
            return true;
        }
        for (DnsReply reply : responder.replies(wire, DnsTransport.TCP)) {
            if (closed.await(reply.after().toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            byte[] body = reply.wire();
            out.write(ByteBuffer.allocate(Short.BYTES + body.length)
                    .putShort((short) body.length)
                    .put(body)
                    .array());
        }
        return true;
    }

    private void closeConnections() {
        connections.forEach(TcpListener::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.debug("Not closed: {}", e.getMessage());
        }
    }
}
