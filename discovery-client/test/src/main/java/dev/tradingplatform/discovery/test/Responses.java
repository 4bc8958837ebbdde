package dev.tradingplatform.discovery.test;

import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Begins responses: what every one of them takes over from its query. */
final class Responses {

    private Responses() {}

    /** A response without records to this query, with its question if it has just one. */
    static Message to(Message query, int rcode) {
        Message response = toHeader(query.getHeader(), rcode);
        if (query.getHeader().getOpcode() == Opcode.QUERY
                && query.getSection(Section.QUESTION).size() == 1) {
            Record question = query.getQuestion();
            response.addRecord(question, Section.QUESTION);
        }
        return response;
    }

    /** A response to a query of which only the header could be read. */
    static Message toHeader(Header query, int rcode) {
        Message response = new Message(query.getID());
        Header header = response.getHeader();
        header.setOpcode(query.getOpcode());
        header.setFlag(Flags.QR);
        header.setFlag(Flags.AA);
        if (query.getFlag(Flags.RD)) {
            // The resolver of a VPC, for which this stands, offers recursion; without RA, dig prints a warning.
            header.setFlag(Flags.RD);
            header.setFlag(Flags.RA);
        }
        header.setRcode(rcode);
        return response;
    }
}
