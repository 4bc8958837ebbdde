package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** What comes in as bytes goes out as bytes: reads a query, asks the handler, lets the fault have its way. */
final class DnsResponder {

    private static final Logger LOG = LoggerFactory.getLogger(DnsResponder.class);

    private final UnaryOperator<Message> handler;
    private final DnsQueryLog queries;
    private volatile DnsFault fault = DnsFault.none();

    DnsResponder(UnaryOperator<Message> handler, DnsQueryLog queries) {
        this.handler = handler;
        this.queries = queries;
    }

    void fault(DnsFault next) {
        fault = next;
    }

    /** The messages to send, in this order; none for bytes that do not even look like a query. */
    List<DnsReply> replies(byte[] wire, DnsTransport transport) {
        if (wire.length < Header.LENGTH || isResponse(wire)) {
            return List.of(); // to answer a response would let two servers talk to each other for ever
        }
        try {
            return replies(new Message(wire), transport);
        } catch (IOException e) {
            LOG.debug("Unreadable query of {} bytes: {}", wire.length, e.getMessage());
            return List.of(DnsReply.of(formatError(wire)));
        }
    }

    private List<DnsReply> replies(Message query, DnsTransport transport) {
        if (query.getSection(Section.QUESTION).size() == 1) {
            queries.add(query.getQuestion(), transport);
            LOG.debug("Asked over {}: {}", transport, query.getQuestion());
        }
        return fault.replies(new DnsExchange(query, truth(query), transport));
    }

    private Message truth(Message query) {
        if (query.getOPT() != null && query.getOPT().getVersion() != 0) {
            Message response = Responses.to(query, Rcode.NOERROR);
            response.addRecord(DnsExchange.opt(Rcode.BADVERS), Section.ADDITIONAL);
            return response;
        }
        try {
            return handler.apply(query);
        } catch (RuntimeException e) {
            LOG.warn("No answer to {}", query.getQuestion(), e);
            return Responses.to(query, Rcode.SERVFAIL);
        }
    }

    private static boolean isResponse(byte[] wire) {
        return (wire[2] & 0x80) != 0; // QR, RFC 1035 §4.1.1
    }

    private static byte[] formatError(byte[] wire) {
        Header received = new Header(((wire[0] & 0xFF) << 8) | (wire[1] & 0xFF));
        received.setOpcode((wire[2] >> 3) & 0xF);
        if ((wire[2] & 1) != 0) {
            received.setFlag(Flags.RD);
        }
        return Responses.toHeader(received, Rcode.FORMERR).toWire();
    }
}
