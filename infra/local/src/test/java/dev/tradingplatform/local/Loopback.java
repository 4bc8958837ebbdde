package dev.tradingplatform.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** A part of 127.0.0.0/8 that no other test uses, so that every test may have the ports it likes. */
final class Loopback {

    private final byte[] network;

    Loopback(RandomGenerator random) {
        network = new byte[] {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(1, 255), 0};
    }

    /** An address and a port that are free at the moment; the addresses next to it are this test's too. */
    InetSocketAddress place(int lastByte) throws IOException {
        network[3] = (byte) lastByte;
        InetAddress address = InetAddress.getByAddress(network);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return new InetSocketAddress(address, socket.getLocalPort());
        }
    }
}
