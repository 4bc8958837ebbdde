package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Turns the bytes of a query into the bytes of its replies: parses the query, calls the handler, applies the fault. */
final class DnsResponder {

    private static final Logger LOG = LoggerFactory.getLogger(DnsResponder.class);

    private final DnsQueryLog queries;
    private volatile DnsHandler handler;
    private volatile DnsFault fault = DnsFault.none();

    DnsResponder(DnsHandler handler, DnsQueryLog queries) {
        this.handler = handler;
        this.queries = queries;
    }

    void handler(DnsHandler next) {
        handler = next;
    }

    void fault(DnsFault next) {
        fault = next;
    }

    /** Returns the messages to send, in this order; none for bytes that are not a query. */
    List<DnsReply> replies(byte[] wire, DnsTransport transport) {
        if (wire.length < Header.LENGTH || isResponse(wire)) {
            return List.of(); // an answer to a response can make two servers answer each other without end
        }
        try {
            return replies(new Message(wire), transport);
        } catch (IOException e) {
            LOG.debug("Malformed query of {} bytes: {}", wire.length, e.getMessage());
            return List.of(DnsReply.of(formatError(wire)));
        }
    }

    private List<DnsReply> replies(Message query, DnsTransport transport) {
        if (query.getSection(Section.QUESTION).size() == 1) {
            queries.add(query.getQuestion(), transport);
            LOG.debug("Received over {}: {}", transport, query.getQuestion());
        }
        DnsExchange exchange = new DnsExchange(query, correctAnswer(query), transport);
        try {
            return fault.replies(exchange);
        } catch (RuntimeException e) {
            LOG.warn("The fault failed, SERVFAIL is sent: {}", query.getQuestion(), e);
            return List.of(DnsReply.of(exchange.encode(Responses.to(query, Rcode.SERVFAIL))));
        }
    }

    private Message correctAnswer(Message query) {
        if (query.getOPT() != null && query.getOPT().getVersion() != 0) {
            Message response = Responses.to(query, Rcode.NOERROR);
            response.addRecord(DnsExchange.opt(Rcode.BADVERS), Section.ADDITIONAL);
            return response;
        }
        try {
            return handler.answer(query);
        } catch (RuntimeException e) {
            LOG.warn("The handler failed, SERVFAIL is sent: {}", query.getQuestion(), e);
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
