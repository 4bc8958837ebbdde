package dev.tradingplatform.local;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Asks the stand-in for Cloud Map's DNS about stock-service. */
final class Dig {

    static final String STOCK = "stock-service.trading-platform.local.";

    private Dig() {}

    static List<Record> a(InetSocketAddress server) throws IOException {
        return ask(server, Type.A);
    }

    static List<Record> srv(InetSocketAddress server) throws IOException {
        return ask(server, Type.SRV);
    }

    /** The address of the target of an SRV record, and its port. */
    static String target(InetSocketAddress server, Record srv) throws IOException {
        SRVRecord record = (SRVRecord) srv;
        return ask(server, record.getTarget(), Type.A).getFirst().rdataToString() + ":" + record.getPort();
    }

    private static List<Record> ask(InetSocketAddress server, int type) throws IOException {
        return ask(server, Name.fromConstantString(STOCK), type);
    }

    private static List<Record> ask(InetSocketAddress server, Name name, int type) throws IOException {
        Record question = Record.newRecord(name, type, DClass.IN);
        return new SimpleResolver(server).send(Message.newQuery(question)).getSection(Section.ANSWER);
    }
}
