package dev.tradingplatform.discovery.resolve;

import java.io.IOException;
import java.util.Optional;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;

/** Tells the answer to a question from everything else that may arrive on its socket. */
final class DnsReply {

    private DnsReply() {}

    /** Reads a message, or nothing if it cannot be read or does not answer the query (RFC 5452 §3, §9.1). */
    static Optional<Message> read(byte[] wire, Message query) {
        return parse(wire).filter(message -> answers(message, query));
    }

    // dnsjava's record parsers throw whatever a malformed record makes them throw; the bytes come from a network.
    private static Optional<Message> parse(byte[] wire) {
        try {
            return Optional.of(new Message(wire));
        } catch (IOException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static boolean answers(Message message, Message query) {
        Record asked = query.getQuestion();
        Record echoed = message.getQuestion();
        return message.getHeader().getID() == query.getHeader().getID()
                && message.getHeader().getFlag(Flags.QR)
                && message.getHeader().getOpcode() == Opcode.QUERY
                && echoed != null
                && echoed.getType() == asked.getType()
                && echoed.getDClass() == asked.getDClass()
                && echoed.getName().equals(asked.getName());
    }
}
