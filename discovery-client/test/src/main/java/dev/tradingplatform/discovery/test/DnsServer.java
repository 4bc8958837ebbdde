package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;

/**
 * An authoritative DNS server on one address and one port, over UDP and TCP, that can be told to misbehave while it
 * runs. Safe for concurrent use; each query is handled in a virtual thread of its own.
 */
public final class DnsServer implements AutoCloseable {

    /** A free TCP port may be taken for UDP; so many in a row are not. */
    private static final int PORTS_TRIED = 20;

    private final InetSocketAddress address;
    private final DnsQueryLog queries = new DnsQueryLog();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final DnsResponder responder;
    private final TcpListener tcp;
    private final UdpListener udp;

    private DnsServer(InetAddress ip, int port, UnaryOperator<Message> handler) throws IOException {
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
     * Starts a server, which answers as soon as this returns.
     *
     * @param port 0 for any that is free both for UDP and for TCP
     * @param handler called from many threads at once; if it throws, the answer is SERVFAIL
     * @throws BindException if the port is taken or the address is none of this machine's
     */
    public static DnsServer start(InetAddress ip, int port, UnaryOperator<Message> handler) throws IOException {
        BindException taken = new BindException("no port is free for both UDP and TCP");
        for (int tried = 0; tried < (port == 0 ? PORTS_TRIED : 1); tried++) {
            try {
                return new DnsServer(ip, port, handler);
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    /** Where it listens, the port it was given included. */
    public InetSocketAddress address() {
        return address;
    }

    /** What is sent instead of true answers from now on, over both transports. */
    public void fault(DnsFault fault) {
        responder.fault(fault);
    }

    /**
     * What becomes of TCP connections from now on; those that are open end.
     *
     * @throws UncheckedIOException if somebody else took the port while connections were refused
     */
    public void tcp(TcpMode mode) {
        try {
            tcp.mode(mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it was asked so far; faults do not keep a query from being counted. */
    public DnsQueryLog queries() {
        return queries;
    }

    /** Stops listening, drops what is under way, and returns when all threads have ended. */
    @Override
    public void close() {
        closed.countDown();
        udp.close();
        tcp.close();
        threads.shutdownNow();
        threads.close();
    }
}
