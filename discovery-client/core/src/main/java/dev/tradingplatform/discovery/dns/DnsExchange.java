package dev.tradingplatform.discovery.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * One question to one nameserver: UDP first, TCP when the answer did not fit (RFC 7766 §5). Every datagram that is not
 * the answer (wrong id, wrong question, no QR bit, garbage) is passed over while the real one is awaited, so that
 * nobody can end a lookup by sending something first. Safe for concurrent use; blocks the calling thread.
 */
final class DnsExchange {

    /** What fits through any path without fragments (DNS Flag Day 2020); eight SRV records need about 900 bytes. */
    private static final int UDP_PAYLOAD = 1232;

    private static final int LARGEST_MESSAGE = 65535;

    private final LongSupplier nanoTime;

    /** @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()} */
    DnsExchange(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** What became of the question. */
    sealed interface Reply {

        /**
         * The nameserver answered.
         *
         * @param message the answer, without records that do not belong to the question
         * @param partial whether it was cut off and TCP did not bring the rest
         */
        record Answered(Message message, boolean partial) implements Reply {}

        /**
         * It did not, or not in time.
         *
         * @param why in a few words, such as {@code "no answer within 400 ms"}
         * @param late whether it may still have been about to
         */
        record Silent(String why, boolean late) implements Reply {}
    }

    /**
     * Asks and waits.
     *
     * @param timeout for the answer over UDP, and once more for the one over TCP
     */
    Reply ask(InetSocketAddress server, Name name, int type, Duration timeout) {
        Message plain = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        Message extended = plain.clone();
        extended.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0), Section.ADDITIONAL);
        try {
            Reply reply = ask(server, extended, timeout);
            return reply instanceof Reply.Answered(Message message, boolean _) && DnsReply.refusesFormat(message)
                    ? ask(server, plain, timeout)
                    : reply;
        } catch (SocketTimeoutException late) {
            return new Reply.Silent("no answer within " + timeout.toMillis() + " ms", true);
        } catch (PortUnreachableException refused) {
            return new Reply.Silent("nothing listens there", false);
        } catch (IOException | RuntimeException broken) {
            // Also what no network should be able to cause: it is one server's trouble, and the next one is asked.
            return new Reply.Silent(String.valueOf(broken.getMessage()), false);
        }
    }

    private Reply ask(InetSocketAddress server, Message query, Duration timeout) throws IOException {
        Message reply = overUdp(server, query, nanoTime.getAsLong() + timeout.toNanos());
        if (!reply.getHeader().getFlag(Flags.TC)) {
            return new Reply.Answered(reply, false);
        }
        return overTcp(server, query, nanoTime.getAsLong() + timeout.toNanos())
                .<Reply>map(whole -> new Reply.Answered(whole, false))
                .orElseGet(() -> new Reply.Answered(reply, true));
    }

    private Message overUdp(InetSocketAddress server, Message query, long deadline) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // Connected, so that the kernel drops what comes from elsewhere and reports an unreachable port.
            socket.connect(server);
            byte[] wire = query.toWire();
            socket.send(new DatagramPacket(wire, wire.length));
            DatagramPacket packet = new DatagramPacket(new byte[LARGEST_MESSAGE], LARGEST_MESSAGE);
            while (true) {
                socket.setSoTimeout(millisLeft(deadline));
                socket.receive(packet);
                byte[] received = Arrays.copyOf(packet.getData(), packet.getLength());
                Optional<Message> reply = DnsReply.read(received, query);
                if (reply.isPresent()) {
                    return reply.get();
                }
            }
        }
    }

    private Optional<Message> overTcp(InetSocketAddress server, Message query, long deadline) {
        try (Socket socket = new Socket()) {
            socket.connect(server, millisLeft(deadline));
            byte[] wire = query.toWire();
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(new byte[] {(byte) (wire.length >>> 8), (byte) wire.length});
            out.write(wire);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] length = readFully(socket, in, 2, deadline);
            int size = Byte.toUnsignedInt(length[0]) << 8 | Byte.toUnsignedInt(length[1]);
            return DnsReply.read(readFully(socket, in, size, deadline), query);
        } catch (IOException blocked) {
            // Security groups often allow UDP 53 only. The partial answer that led here is still worth something.
            return Optional.empty();
        }
    }

    private byte[] readFully(Socket socket, DataInputStream in, int size, long deadline) throws IOException {
        byte[] bytes = new byte[size];
        int filled = 0;
        while (filled < size) {
            socket.setSoTimeout(millisLeft(deadline));
            int read = in.read(bytes, filled, size - filled);
            if (read < 0) {
                throw new IOException("closed in the middle of an answer");
            }
            filled += read;
        }
        return bytes;
    }

    private int millisLeft(long deadline) throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - nanoTime.getAsLong());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) left;
    }
}
