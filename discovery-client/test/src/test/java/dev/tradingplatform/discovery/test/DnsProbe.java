package dev.tradingplatform.discovery.test;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A DNS client that checks nothing: it returns the bytes that it received. */
final class DnsProbe implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final InetSocketAddress server;
    private final DatagramSocket socket;

    DnsProbe(InetSocketAddress server) throws IOException {
        this.server = server;
        this.socket = new DatagramSocket(0, server.getAddress());
    }

    static Message query(String name, int type) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
    }

    Message udp(Message query) throws IOException {
        return new Message(udpBytes(query.toWire()));
    }

    byte[] udpBytes(byte[] query) throws IOException {
        send(query);
        return next(TIMEOUT).orElseThrow(() -> new SocketTimeoutException("no answer"));
    }

    void send(byte[] query) throws IOException {
        socket.send(new DatagramPacket(query, query.length, server));
    }

    Optional<byte[]> next(Duration timeout) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.setSoTimeout((int) timeout.toMillis());
        try {
            socket.receive(packet);
            return Optional.of(Arrays.copyOf(packet.getData(), packet.getLength()));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    Message tcp(Message query, Duration timeout) throws IOException {
        try (Socket connection = new Socket()) {
            connection.connect(server, (int) timeout.toMillis());
            connection.setSoTimeout((int) timeout.toMillis());
            return tcp(connection, query);
        }
    }

    Message tcp(Message query) throws IOException {
        return tcp(query, TIMEOUT);
    }

    static Message tcp(Socket connection, Message query) throws IOException {
        byte[] wire = query.toWire();
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        out.writeShort(wire.length);
        out.write(wire);
        DataInputStream in = new DataInputStream(connection.getInputStream());
        return new Message(in.readNBytes(in.readUnsignedShort()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
