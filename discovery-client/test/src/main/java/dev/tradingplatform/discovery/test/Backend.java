package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * An HTTP/1.1 server on one address that can be told to refuse, to drop SYN packets, to freeze, to break off or to be
 * slow while it runs. Remembers what it executed. Safe for concurrent use; each connection has a virtual thread.
 */
public final class Backend implements AutoCloseable {

    private static final int BACKLOG = 256;

    private final InetSocketAddress address;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Queue<BackendRequest> executed = new ConcurrentLinkedQueue<>();
    private final LongAdder accepted = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> stuffing = new ArrayList<>();
    private volatile BackendBehaviour behaviour;
    private ServerSocket listener;
    private Thread accepting;

    private Backend(InetAddress ip, int port, BackendBehaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.listener = listen(new InetSocketAddress(ip, port), BACKLOG);
        this.address = new InetSocketAddress(ip, listener.getLocalPort());
        this.accepting = accept(listener);
    }

    /**
     * Starts a server that answers every request with 200 and its own address.
     *
     * @param port 0 for any free one
     */
    public static Backend start(InetAddress ip, int port) {
        try {
            Backend backend = new Backend(ip, port, BackendBehaviour.silent());
            return backend.behave(BackendBehaviour.answering(200, backend.name()));
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private static ServerSocket listen(InetSocketAddress address, int backlog) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, backlog);
        return socket;
    }

    private Thread accept(ServerSocket from) {
        return Thread.ofVirtual().start(() -> {
            while (true) {
                try {
                    Socket socket = from.accept();
                    connections.add(socket);
                    accepted.increment();
                    Thread.ofVirtual().start(() -> serve(socket));
                } catch (IOException stopped) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket) {
        try (socket) {
            BackendConnection connection = new BackendConnection(socket, this::execute, closed);
            boolean kept = true;
            while (kept) {
                connection.awaitRequest();
                kept = behaviour.serve(connection);
            }
        } catch (IOException gone) {
            // The other side went away, or this one did on purpose.
        } finally {
            connections.remove(socket);
        }
    }

    private void execute(BackendRequest request) {
        executed.add(request);
    }

    /** What happens to requests from now on, on open connections too. */
    public Backend behave(BackendBehaviour next) {
        behaviour = next;
        return this;
    }

    /** Closes the port and every connection: connections are refused until {@link #open}. */
    public synchronized void refuse() {
        drop(listener);
    }

    /**
     * Closes every connection and lets further ones hang: the queue of a listener that accepts nothing is filled, and
     * the kernel drops what exceeds it, as a security group or a vanished host does.
     */
    public synchronized void blackHole() {
        drop(listener);
        try {
            listener = listen(address, 1);
            for (int queued = 0; queued < 3; queued++) {
                Socket socket = new Socket();
                stuffing.add(socket);
                socket.connect(address, 50);
            }
        } catch (IOException full) {
            // As intended.
        }
    }

    /** Listens again on the same address. */
    public synchronized void open() {
        drop(listener);
        stuffing.forEach(Backend::drop);
        stuffing.clear();
        try {
            listener = listen(address, BACKLOG);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        accepting = accept(listener);
    }

    private void drop(ServerSocket socket) {
        try {
            socket.close();
            // The port is free only when the thread that waited on it has let go.
            accepting.join();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
        connections.forEach(Backend::drop);
    }

    private static void drop(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            throw new UncheckedIOException(ignored);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** {@code 127.0.0.1:40123}, as an endpoint is written. */
    public String name() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /** Every request it carried out, in order, whether or not an answer got through. */
    public List<BackendRequest> executed() {
        return List.copyOf(executed);
    }

    /** How many connections were ever accepted. */
    public long accepted() {
        return accepted.sum();
    }

    /** How many connections are open now. */
    public int connections() {
        return connections.size();
    }

    /** Stops at once; open connections break. */
    @Override
    public synchronized void close() {
        closed.countDown();
        drop(listener);
        stuffing.forEach(Backend::drop);
    }
}
