package dev.tradingplatform.discovery.test;

import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/**
 * A query and its correct answer.
 *
 * @param query as it was received
 * @param correctAnswer the answer of the {@link DnsHandler}; clone it before you change it
 * @param transport the transport of the query and of the replies
 */
public record DnsExchange(Message query, Message correctAnswer, DnsTransport transport) {

    /** Fits into one Ethernet frame on every path: the size that DNS software agreed on in 2020 (DNS flag day). */
    private static final int PAYLOAD_SIZE = 1232;

    private static final int MIN_PAYLOAD_SIZE = 512;
    private static final int MAX_DATAGRAM = 65_507;
    private static final int MAX_TCP_MESSAGE = 65_535;
    private static final int EXTENDED_RCODE_SHIFT = 4;

    /**
     * Encodes a message in the form that the client accepts: with an OPT record if the query has one, and over UDP in
     * the size that the query allows (RFC 6891 §6.2.3), which is 512 bytes without an OPT record (RFC 1035 §4.2.1).
     * Records of one name and type are sent together or not at all. If records of the answer section are left out, the
     * TC flag is set; if records of the additional section are left out, it is not (RFC 2181 §9).
     * {@link DnsFault#truncated} sends a part of the answer.
     */
    public byte[] encode(Message message) {
        Message complete = message.clone();
        if (query.getOPT() != null && message.getOPT() == null) {
            complete.addRecord(opt(message.getRcode()), Section.ADDITIONAL);
        }
        return complete.toWire(transport == DnsTransport.TCP ? MAX_TCP_MESSAGE : datagramSize());
    }

    /**
     * Carries the upper bits of a response code, for which the four bits of the header have no room (RFC 6891 §6.1.3).
     */
    static OPTRecord opt(int rcode) {
        return new OPTRecord(PAYLOAD_SIZE, rcode >> EXTENDED_RCODE_SHIFT, 0);
    }

    private int datagramSize() {
        OPTRecord opt = query.getOPT();
        return opt == null ? MIN_PAYLOAD_SIZE : Math.clamp(opt.getPayloadSize(), MIN_PAYLOAD_SIZE, MAX_DATAGRAM);
    }
}
