package dev.tradingplatform.discovery.test;

import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Section;

/** Creates responses with the parts that each response takes from its query. */
final class Responses {

    private Responses() {}

    /** Creates a response without records. It repeats the question if the query has exactly one. */
    static Message to(Message query, int rcode) {
        Message response = toHeader(query.getHeader(), rcode);
        if (query.getHeader().getOpcode() == Opcode.QUERY
                && query.getSection(Section.QUESTION).size() == 1) {
            response.addRecord(query.getQuestion(), Section.QUESTION);
        }
        return response;
    }

    /** Creates a response to a query of which only the header could be read. */
    static Message toHeader(Header query, int rcode) {
        Message response = new Message(query.getID());
        Header header = response.getHeader();
        header.setOpcode(query.getOpcode());
        header.setFlag(Flags.QR);
        header.setFlag(Flags.AA);
        if (query.getFlag(Flags.RD)) {
            // The resolver of a VPC offers recursion, and this server stands for it. Without RA, dig prints a warning.
            header.setFlag(Flags.RD);
            header.setFlag(Flags.RA);
        }
        header.setRcode(rcode);
        return response;
    }
}
