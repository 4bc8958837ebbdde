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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Sends a query over UDP, then over TCP if the answer was truncated (RFC 7766 §5). Ignores every datagram that does not
 * answer the query (wrong id, wrong question, no QR bit, unreadable) and continues to wait for the answer, so that a
 * forged datagram cannot end a lookup. Safe for concurrent use; blocks the calling thread.
 */
final class DnsSocketExchange implements DnsExchange {

    /** Passes every path without fragmentation (DNS Flag Day 2020); eight SRV records need about 900 bytes. */
    private static final int UDP_PAYLOAD = 1232;

    private static final int MAX_MESSAGE = 65535;

    private final LongSupplier nanoTime;

    /** @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()} */
    DnsSocketExchange(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Reply query(InetSocketAddress nameserver, Name name, int type, Duration timeout) {
        Message plain = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        Message extended = plain.clone();
        extended.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0), Section.ADDITIONAL);
        try {
            Reply reply = query(nameserver, extended, timeout);
            return reply instanceof Reply.Answered answered && rejectsFormat(answered.message())
                    ? query(nameserver, plain, timeout)
                    : reply;
        } catch (SocketTimeoutException late) {
            return new Reply.Missing("no answer within " + timeout.toMillis() + " ms", true);
        } catch (PortUnreachableException closed) {
            return new Reply.Missing("the port is closed", false);
        } catch (IOException | RuntimeException failure) {
            // Whatever fails here concerns one nameserver, and the lookup continues with the next one.
            return new Reply.Missing(String.valueOf(failure.getMessage()), false);
        }
    }

    private Reply query(InetSocketAddress nameserver, Message query, Duration timeout) throws IOException {
        Message reply = overUdp(nameserver, query, nanoTime.getAsLong() + timeout.toNanos());
        if (!reply.getHeader().getFlag(Flags.TC)) {
            return new Reply.Answered(reply, false);
        }
        return overTcp(nameserver, query, nanoTime.getAsLong() + timeout.toNanos())
                .<Reply>map(whole -> new Reply.Answered(whole, false))
                .orElseGet(() -> new Reply.Answered(reply, true));
    }

    private Message overUdp(InetSocketAddress nameserver, Message query, long deadline) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // Connected, so that the kernel drops datagrams from other addresses and reports a closed port.
            socket.connect(nameserver);
            byte[] wire = query.toWire();
            socket.send(new DatagramPacket(wire, wire.length));
            DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
            while (true) {
                socket.setSoTimeout(remainingMillis(deadline));
                socket.receive(packet);
                Optional<Message> reply = read(Arrays.copyOf(packet.getData(), packet.getLength()), query);
                if (reply.isPresent()) {
                    return reply.get();
                }
            }
        }
    }

    private Optional<Message> overTcp(InetSocketAddress nameserver, Message query, long deadline) {
        try (Socket socket = new Socket()) {
            socket.connect(nameserver, remainingMillis(deadline));
            byte[] wire = query.toWire();
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write(new byte[] {(byte) (wire.length >>> 8), (byte) wire.length});
            out.write(wire);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] length = readFully(socket, in, 2, deadline);
            int size = Byte.toUnsignedInt(length[0]) << 8 | Byte.toUnsignedInt(length[1]);
            return read(readFully(socket, in, size, deadline), query);
        } catch (IOException blocked) {
            // Security groups often allow only UDP 53. The truncated answer is still usable.
            return Optional.empty();
        }
    }

    private byte[] readFully(Socket socket, DataInputStream in, int size, long deadline) throws IOException {
        byte[] bytes = new byte[size];
        int filled = 0;
        while (filled < size) {
            socket.setSoTimeout(remainingMillis(deadline));
            int read = in.read(bytes, filled, size - filled);
            if (read < 0) {
                throw new IOException("connection closed before the end of the answer");
            }
            filled += read;
        }
        return bytes;
    }

    private int remainingMillis(long deadline) throws SocketTimeoutException {
        long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - nanoTime.getAsLong());
        if (remaining <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) remaining;
    }

    /** Reads a message; empty if it is unreadable or does not answer the query (RFC 5452 §3, §9.1). */
    static Optional<Message> read(byte[] wire, Message query) {
        return parse(wire).filter(message -> answers(message, query));
    }

    // The parsers of dnsjava throw any exception for a malformed record, and the bytes come from a network.
    private static Optional<Message> parse(byte[] wire) {
        try {
            return Optional.of(new Message(wire));
        } catch (IOException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static boolean answers(Message message, Message query) {
        Header header = message.getHeader();
        return header.getID() == query.getHeader().getID()
                && header.getFlag(Flags.QR)
                && header.getOpcode() == Opcode.QUERY
                && (repeats(query.getQuestion(), message) || rejectsFormat(message));
    }

    private static boolean repeats(Record question, Message message) {
        Record repeated = message.getQuestion();
        List<Record> answers = message.getSection(Section.ANSWER);
        return message.getSection(Section.QUESTION).size() == 1
                && repeated.getType() == question.getType()
                && repeated.getDClass() == question.getDClass()
                && repeated.getName().equals(question.getName())
                // If all records have another owner, the message is forged although everything else is right.
                && (answers.isEmpty()
                        || answers.stream().anyMatch(record -> record.getName().equals(question.getName())));
    }

    // A server without EDNS may send back a header alone (RFC 6891 §7).
    private static boolean rejectsFormat(Message message) {
        int rcode = message.getRcode();
        return (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.BADVERS)
                && message.getSection(Section.ANSWER).isEmpty();
    }
}
