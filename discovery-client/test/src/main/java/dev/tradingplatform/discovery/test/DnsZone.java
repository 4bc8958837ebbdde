package dev.tradingplatform.discovery.test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A DNS zone with the records that a test writes, of every type that dnsjava knows: for names that Cloud Map cannot
 * express (CNAME, A and AAAA of one name, SRV priorities, targets outside the zone). Safe for concurrent use.
 *
 * <p>Answers all records of the name and type, in the order in which they were added, and follows CNAME records inside
 * the zone. A name without records that has no name below it gives NXDOMAIN (RFC 8020), another name without records of
 * the type NODATA, each with an SOA record (TTL 10 s unless the test adds one). Names outside the zone are refused.
 */
public final class DnsZone implements DnsHandler {

    private static final long DEFAULT_NEGATIVE_TTL = 10;
    private static final String DEFAULT_SOA = "ns hostmaster 1 7200 900 1209600 86400";

    private final Name origin;

    /** Both lists are guarded by {@code this}. */
    private final List<Record> records = new ArrayList<>();

    private final List<Record> additional = new ArrayList<>();

    private DnsZone(Name origin) {
        this.origin = origin;
    }

    /** Creates a zone without records. */
    public static DnsZone of(String origin) {
        return new DnsZone(Names.absolute(origin));
    }

    /**
     * Adds a record.
     *
     * @param owner a name below the zone's, such as {@code stock-service}; {@code @} is the zone itself; a name that
     *     ends with a dot is absolute
     * @param type a value of {@link Type}
     * @param ttl whole seconds
     * @param data as in a zone file (RFC 1035 §5.1), such as {@code 1 1 80 task-1}; names without a final dot are below
     *     the zone's
     * @throws IllegalArgumentException if the name or the data cannot be parsed
     */
    public synchronized DnsZone add(String owner, int type, Duration ttl, String data) {
        records.add(record(owner, type, ttl, data));
        return this;
    }

    /** Adds a record to the additional section of every answer that has records. Parameters as in {@link #add}. */
    public synchronized DnsZone addAdditional(String owner, int type, Duration ttl, String data) {
        additional.add(record(owner, type, ttl, data));
        return this;
    }

    /** Removes all records of a name and type. */
    public synchronized DnsZone remove(String owner, int type) {
        Name name = name(owner);
        records.removeIf(record -> record.getType() == type && record.getName().equals(name));
        return this;
    }

    @Override
    public synchronized Message answer(Message query) {
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return DnsHandler.response(query, Rcode.NOTIMP);
        }
        if (query.getSection(Section.QUESTION).size() != 1) {
            return DnsHandler.response(query, Rcode.FORMERR);
        }
        Record question = query.getQuestion();
        if (question.getDClass() != DClass.IN || !question.getName().subdomain(origin)) {
            return DnsHandler.response(query, Rcode.REFUSED);
        }
        Message response = DnsHandler.response(query, Rcode.NOERROR);
        Name last = addAnswers(question, response);
        if (response.getSection(Section.ANSWER).isEmpty()) {
            response.getHeader().setRcode(exists(last) ? Rcode.NOERROR : Rcode.NXDOMAIN);
            response.addRecord(soa(), Section.AUTHORITY);
        } else {
            additional.forEach(record -> response.addRecord(record, Section.ADDITIONAL));
        }
        return response;
    }

    /** Adds the chain of aliases and the records at its end; returns the last name. */
    private Name addAnswers(Record question, Message response) {
        Set<Name> visited = new HashSet<>();
        Name name = question.getName();
        while (visited.add(name)) {
            List<Record> found = find(name, question.getType());
            found.forEach(record -> response.addRecord(record, Section.ANSWER));
            if (found.isEmpty()
                    || question.getType() == Type.CNAME
                    || !(found.getFirst() instanceof CNAMERecord alias)) {
                return name;
            }
            name = alias.getTarget();
        }
        return name;
    }

    private List<Record> find(Name name, int type) {
        List<Record> aliases = records.stream()
                .filter(record -> record.getName().equals(name) && record.getType() == Type.CNAME)
                .toList();
        if (!aliases.isEmpty()) {
            return aliases;
        }
        return records.stream()
                .filter(record -> record.getName().equals(name) && (type == Type.ANY || record.getType() == type))
                .toList();
    }

    private boolean exists(Name name) {
        return name.equals(origin)
                || records.stream().anyMatch(record -> record.getName().subdomain(name));
    }

    private Record soa() {
        List<Record> own = find(origin, Type.SOA);
        return own.isEmpty()
                ? record("@", Type.SOA, Duration.ofSeconds(DEFAULT_NEGATIVE_TTL), DEFAULT_SOA)
                : own.getFirst();
    }

    private Record record(String owner, int type, Duration ttl, String data) {
        try {
            return Record.fromString(name(owner), type, DClass.IN, ttl.toSeconds(), data, origin);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "data: \"%s\" (expected: %s data as in a zone file)".formatted(data, Type.string(type)), e);
        }
    }

    private Name name(String owner) {
        return owner.equals("@") ? origin : Names.within(owner, origin);
    }
}
