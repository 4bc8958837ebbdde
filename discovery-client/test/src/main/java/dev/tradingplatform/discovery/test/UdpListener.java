package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives datagrams and answers each in its own thread, so that a delayed answer does not delay others. */
final class UdpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UdpListener.class);
    private static final int MAX_DATAGRAM = 65_535;

    private final DatagramSocket socket;
    private final DnsResponder responder;
    private final ExecutorService threads;
    private final CountDownLatch closed;

    UdpListener(InetAddress address, int port, DnsResponder responder, ExecutorService threads, CountDownLatch closed)
            throws IOException {
        this.socket = new DatagramSocket(port, address);
        this.responder = responder;
        this.threads = threads;
        this.closed = closed;
    }

    void start() {
        threads.execute(this::receive);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        while (!socket.isClosed()) {
            try {
                packet.setLength(MAX_DATAGRAM);
                socket.receive(packet);
                byte[] wire = Arrays.copyOf(packet.getData(), packet.getLength());
                SocketAddress client = packet.getSocketAddress();
                threads.execute(() -> answer(wire, client));
            } catch (IOException | RejectedExecutionException e) {
                LOG.debug("No datagram received: {}", e.getMessage());
            }
        }
    }

    private void answer(byte[] wire, SocketAddress client) {
        try {
            for (DnsReply reply : responder.replies(wire, DnsTransport.UDP)) {
                if (closed.await(reply.delay().toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                socket.send(new DatagramPacket(reply.wire(), reply.wire().length, client));
            }
        } catch (IOException e) {
            LOG.debug("No answer sent to {}: {}", client, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
