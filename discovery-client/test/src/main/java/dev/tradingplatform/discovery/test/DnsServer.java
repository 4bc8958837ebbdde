package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An authoritative DNS server on one address and one port, over UDP and TCP. A test can change its answers and its
 * faults while it runs. Safe for concurrent use; each query is handled in its own virtual thread.
 */
public final class DnsServer implements AutoCloseable {

    /** A free TCP port may be taken for UDP; that many in a row are not. */
    private static final int MAX_PORTS_TRIED = 20;

    private final InetSocketAddress address;
    private final DnsQueryLog queries = new DnsQueryLog();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final DnsResponder responder;
    private final TcpListener tcp;
    private final UdpListener udp;

    private DnsServer(InetAddress ip, int port, DnsHandler handler) throws IOException {
        responder = new DnsResponder(handler, queries);
        tcp = new TcpListener(ip, port, responder, threads, closed);
        try {
            udp = new UdpListener(ip, tcp.port(), responder, threads, closed);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
        address = new InetSocketAddress(ip, tcp.port());
        tcp.start();
        udp.start();
    }

    /**
     * Starts a server on the loopback address and a free port. It answers as soon as this method returns.
     *
     * @param handler called by many threads at once; if it throws, the server answers SERVFAIL
     * @throws UncheckedIOException if no port is free
     */
    public static DnsServer start(DnsHandler handler) {
        try {
            return start(InetAddress.getLoopbackAddress(), 0, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server. It answers as soon as this method returns.
     *
     * @param port 1 to 65535, or 0 for a port that is free for both UDP and TCP
     * @param handler called by many threads at once; if it throws, the server answers SERVFAIL
     * @throws BindException if the port is in use or the address is not an address of this machine
     */
    public static DnsServer start(InetAddress ip, int port, DnsHandler handler) throws IOException {
        BindException taken = new BindException("no port is free for both UDP and TCP");
        for (int tried = 0; tried < (port == 0 ? MAX_PORTS_TRIED : 1); tried++) {
            try {
                return new DnsServer(ip, port, handler);
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    /** Returns the address and the port at which the server listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Returns address and port as most configurations expect them: {@code 127.0.0.1:40123}. */
    public String nameserver() {
        return Endpoints.name(address);
    }

    /** Replaces the handler: later queries get its answers. */
    public void handler(DnsHandler handler) {
        responder.handler(handler);
    }

    /** Sets what the server sends from now on instead of correct answers, over both transports. */
    public void fault(DnsFault fault) {
        responder.fault(fault);
    }

    /**
     * Sets what the server does with TCP connections from now on, and closes the open ones.
     *
     * @throws UncheckedIOException if another process took the port
     */
    public void tcp(TcpMode mode) {
        try {
            tcp.mode(mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the log of all queries received, also of those that a fault left without an answer. */
    public DnsQueryLog queries() {
        return queries;
    }

    /**
     * Closes the port, cancels answers that are still delayed, and returns when all threads of the server have ended.
     */
    @Override
    public void close() {
        closed.countDown();
        udp.close();
        tcp.close();
        threads.shutdownNow();
        threads.close();
    }
}
