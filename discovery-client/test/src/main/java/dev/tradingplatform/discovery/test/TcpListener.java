package dev.tradingplatform.discovery.test;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections and answers the queries of each in order, in one thread per connection (RFC 7766). */
final class TcpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int IDLE_MILLIS = 10_000;
    private static final int BACKLOG = 128;

    private final DnsResponder responder;
    private final ExecutorService threads;
    private final CountDownLatch closed;
    private final InetSocketAddress address;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /** Held while the mode changes; guards the three fields below. A lock, because a change waits for a thread. */
    private final ReentrantLock lock = new ReentrantLock();

    private ServerSocket listener;
    private Future<?> accepting = CompletableFuture.completedFuture(null);
    private Optional<ReservedPort> reserved = Optional.empty();

    private volatile TcpMode mode = TcpMode.SERVING;

    TcpListener(InetAddress address, int port, DnsResponder responder, ExecutorService threads, CountDownLatch closed)
            throws IOException {
        this.responder = responder;
        this.threads = threads;
        this.closed = closed;
        this.listener = listen(new InetSocketAddress(address, port));
        this.address = new InetSocketAddress(address, listener.getLocalPort());
    }

    int port() {
        return address.getPort();
    }

    void start() {
        lock.lock();
        try {
            ServerSocket socket = listener;
            accepting = threads.submit(() -> accept(socket));
        } finally {
            lock.unlock();
        }
    }

    /** Sets what happens to new connections, and closes the open ones. */
    void mode(TcpMode next) throws IOException {
        lock.lock();
        try {
            mode = next;
            if (next == TcpMode.REFUSING) {
                stopListening();
                if (reserved.isEmpty()) {
                    reserved = Optional.of(ReservedPort.at(address));
                }
            } else if (listener.isClosed() && closed.getCount() > 0) {
                releasePort();
                listener = listen(address);
                start();
            } else {
                closeConnections();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            stopListening();
            releasePort();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when no thread accepts connections: until then the system does not refuse them. */
    private void stopListening() {
        closeQuietly(listener);
        try {
            accepting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        closeConnections();
    }

    private void releasePort() {
        reserved.ifPresent(TcpListener::closeQuietly);
        reserved = Optional.empty();
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
                serve(socket, socket.accept());
            } catch (IOException e) {
                LOG.debug("No connection accepted: {}", e.getMessage());
            }
        }
    }

    private void serve(ServerSocket acceptedBy, Socket connection) {
        connections.add(connection);
        try {
            threads.execute(() -> answerAll(acceptedBy, connection));
        } catch (RejectedExecutionException e) {
            closeQuietly(connection); // accepted while the server was closing
        }
    }

    private void answerAll(ServerSocket acceptedBy, Socket connection) {
        try (connection) {
            connection.setSoTimeout(IDLE_MILLIS);
            DataInputStream in = new DataInputStream(connection.getInputStream());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            // closeConnections may have missed a connection that was accepted while the listener was closing.
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
            if (closed.await(reply.delay().toNanos(), TimeUnit.NANOSECONDS)) {
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
