package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A TCP port that is bound but does not listen. The system refuses connections to it and gives the port to no other
 * socket. Without it, a client that connects to a closed port of its own machine can be given that port as its source
 * port, and then connects to itself (simultaneous open, RFC 9293 §3.5).
 */
final class ReservedPort implements AutoCloseable {

    private final Socket socket;

    private ReservedPort(Socket socket) {
        this.socket = socket;
    }

    static ReservedPort at(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            // Connections that the listener of this port has closed may still be in TIME-WAIT.
            socket.setReuseAddress(true);
            socket.bind(address);
            return new ReservedPort(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
