package dev.tradingplatform.discovery.test;

import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/**
 * One query and the answer it deserves.
 *
 * @param query as it was received
 * @param truth what the handler answered; not to be changed, clone it
 * @param transport how the query came, and how the replies go
 */
public record DnsExchange(Message query, Message truth, DnsTransport transport) {

    /** Fits one Ethernet frame on any path; the size DNS software agreed on in 2020. */
    private static final int OWN_PAYLOAD_SIZE = 1232;

    private static final int SMALLEST_PAYLOAD_SIZE = 512;
    private static final int LARGEST_DATAGRAM = 65_507;
    private static final int LARGEST_TCP_MESSAGE = 65_535;
    private static final int EXTENDED_RCODE_SHIFT = 4;

    /**
     * Encodes a message so that this client can take it: with an OPT record if the query had one, and over UDP cut to
     * the size the client asked for (RFC 6891 §6.2.3), which is 512 bytes when it asked for none (RFC 1035 §4.2.1).
     * Records of one name and type are sent together or not at all: without those of the answer the TC flag is set,
     * without those of the additional section it is not (RFC 2181 §9). For half an answer there is
     * {@link DnsFault#truncated}.
     */
    public byte[] encode(Message message) {
        Message complete = message.clone();
        if (query.getOPT() != null && message.getOPT() == null) {
            complete.addRecord(opt(message.getRcode()), Section.ADDITIONAL);
        }
        return complete.toWire(transport == DnsTransport.TCP ? LARGEST_TCP_MESSAGE : datagramSize());
    }

    /** Carries the upper bits of a response code that the header's four have no room for (RFC 6891 §6.1.3). */
    static OPTRecord opt(int rcode) {
        return new OPTRecord(OWN_PAYLOAD_SIZE, rcode >> EXTENDED_RCODE_SHIFT, 0);
    }

    private int datagramSize() {
        OPTRecord opt = query.getOPT();
        return opt == null
                ? SMALLEST_PAYLOAD_SIZE
                : Math.clamp(opt.getPayloadSize(), SMALLEST_PAYLOAD_SIZE, LARGEST_DATAGRAM);
    }
}
