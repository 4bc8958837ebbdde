package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A DNS server whose records a test writes itself, where Cloud Map's would be too well-behaved. */
final class Zone implements AutoCloseable {

    static final ServiceName STOCK = new ServiceName("stock.zone");
    static final int URL_PORT = 80;

    /** One try that a late answer does not turn into two. */
    static final List<Duration> PATIENT = List.of(Duration.ofSeconds(5));

    private static final Name ORIGIN = Name.fromConstantString("zone.");

    private final List<Record> records = new CopyOnWriteArrayList<>();
    private final List<Record> additional = new CopyOnWriteArrayList<>();
    private final DnsServer server;
    private List<Duration> tries = DnsLookup.TRIES;

    Zone() {
        try {
            server = DnsServer.start(InetAddress.getLoopbackAddress(), 0, this::answer);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /** Lets resolvers wait longer than this machine ever stalls, where a test counts questions. */
    Zone patient() {
        tries = PATIENT;
        return this;
    }

    DnsServer server() {
        return server;
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** Adds a record; names without a final dot are below {@code zone.} */
    Zone with(String owner, long ttl, int type, String data) {
        records.add(record(owner, ttl, type, data));
        return this;
    }

    /** Adds a record to the additional section of every answer. */
    Zone withGlue(String owner, int type, String data) {
        additional.add(record(owner, 60, type, data));
        return this;
    }

    Zone without(String owner, int type) {
        records.removeIf(record -> record.getName().equals(name(owner)) && record.getType() == type);
        return this;
    }

    static Record record(String owner, long ttl, int type, String data) {
        try {
            return Record.fromString(name(owner), type, DClass.IN, ttl, data, ORIGIN);
        } catch (IOException mistyped) {
            throw new UncheckedIOException(mistyped);
        }
    }

    static Name name(String text) {
        return text.endsWith(".") ? Name.fromConstantString(text) : Name.fromConstantString(text + ".zone.");
    }

    private Message answer(Message query) {
        Message message = new Message(query.getHeader().getID());
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(query.getQuestion(), Section.QUESTION);
        Name owner = query.getQuestion().getName();
        int type = query.getQuestion().getType();
        boolean exists = false;
        for (Record record : records) {
            boolean alias = record.getType() == Type.CNAME;
            exists |= record.getName().equals(owner);
            if (record.getName().equals(owner) && (alias || record.getType() == type)) {
                message.addRecord(record, Section.ANSWER);
                owner = alias ? ((CNAMERecord) record).getTarget() : owner;
            }
        }
        if (message.getSection(Section.ANSWER).isEmpty()) {
            message.getHeader().setRcode(exists ? Rcode.NOERROR : Rcode.NXDOMAIN);
            message.addRecord(
                    record("zone.", 10, Type.SOA, "ns hostmaster 1 7200 900 1209600 86400"), Section.AUTHORITY);
        } else {
            additional.forEach(glue -> message.addRecord(glue, Section.ADDITIONAL));
        }
        return message;
    }

    DnsResolver resolver(RecordType record, AddressPolicy allowed) {
        return new DnsResolver(Nameservers.of(List.of(address())), record, allowed, tries, System::nanoTime);
    }

    Resolution resolve(RecordType record) {
        return resolver(record, new AddressPolicy(false)).resolve(STOCK, URL_PORT);
    }

    Resolution.Found found(RecordType record) {
        return (Resolution.Found) resolve(record);
    }

    static List<String> endpoints(Resolution resolution) {
        return ((Resolution.Found) resolution)
                .targets().stream()
                        .map(target -> target.endpoint().toString())
                        .sorted()
                        .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
