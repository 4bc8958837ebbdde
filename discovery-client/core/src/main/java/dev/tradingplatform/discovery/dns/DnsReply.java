package dev.tradingplatform.discovery.dns;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

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
        Header header = message.getHeader();
        return header.getID() == query.getHeader().getID()
                && header.getFlag(Flags.QR)
                && header.getOpcode() == Opcode.QUERY
                && (isAbout(message, query.getQuestion()) || refusesFormat(message));
    }

    private static boolean isAbout(Message message, Record asked) {
        Record echoed = message.getQuestion();
        List<Record> answers = message.getSection(Section.ANSWER);
        return message.getSection(Section.QUESTION).size() == 1
                && echoed.getType() == asked.getType()
                && echoed.getDClass() == asked.getDClass()
                && echoed.getName().equals(asked.getName())
                // Records that all belong to others are a forgery that got everything else right.
                && (answers.isEmpty()
                        || answers.stream().anyMatch(record -> record.getName().equals(asked.getName())));
    }

    /** A server from before EDNS may send back no more than a header (RFC 6891 §7). */
    static boolean refusesFormat(Message message) {
        int rcode = message.getRcode();
        return (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP || rcode == Rcode.BADVERS)
                && message.getSection(Section.ANSWER).isEmpty();
    }
}
