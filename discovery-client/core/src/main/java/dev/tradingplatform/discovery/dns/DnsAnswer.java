package dev.tradingplatform.discovery.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What a message says about the name and type that were asked: records of other owners are left out, aliases followed.
 *
 * @param exists whether the name exists, with whatever records; false for NXDOMAIN
 * @param records the records of the type asked for, at the end of the alias chain
 * @param additional what the server thought worth adding, unchecked
 * @param ttl the shortest ttl on the way to the records; for none, the time for which that may be believed (RFC 2308
 *     §5), zero where the zone's SOA record is missing
 * @param zone whether the server knows the zone at all: a negative answer came with its SOA record
 * @param alias where the records are to be asked for instead, if the message leaves that open
 * @param names those that the name that was asked for is an alias of
 */
record DnsAnswer(
        boolean exists,
        List<Record> records,
        List<Record> additional,
        Duration ttl,
        boolean zone,
        Optional<Name> alias,
        Set<Name> names) {

    /** RFC 2181 §8; dnsjava reads a ttl with the top bit set as zero, as that says. */
    private static final long HIGHEST_TTL = Integer.MAX_VALUE;

    static DnsAnswer of(Message message, Name name, int type) {
        long ttl = HIGHEST_TTL;
        Name owner = name;
        boolean aliased = false;
        Set<Name> names = new HashSet<>();
        while (owner.equals(name) ? !aliased : names.add(owner)) {
            List<Record> found = owned(message, owner, type);
            if (!found.isEmpty()) {
                for (Record record : found) {
                    ttl = Math.min(ttl, record.getTTL());
                }
                return new DnsAnswer(
                        true,
                        found,
                        message.getSection(Section.ADDITIONAL),
                        Duration.ofSeconds(ttl),
                        true,
                        Optional.empty(),
                        names);
            }
            List<Record> aliases = owned(message, owner, Type.CNAME);
            if (aliases.isEmpty()) {
                break;
            }
            aliased = true;
            ttl = Math.min(ttl, aliases.getFirst().getTTL());
            owner = ((CNAMERecord) aliases.getFirst()).getTarget();
        }
        return !aliased || isAbout(owner, message)
                ? nothing(message)
                : new DnsAnswer(true, List.of(), List.of(), Duration.ofSeconds(ttl), true, Optional.of(owner), names);
    }

    // NXDOMAIN and the SOA record of NODATA are about the last name of a chain (RFC 2308 §2.1, §2.2).
    private static boolean isAbout(Name last, Message message) {
        return message.getRcode() == Rcode.NXDOMAIN
                || message.getSection(Section.AUTHORITY).stream()
                        .anyMatch(record -> record instanceof SOARecord && last.subdomain(record.getName()));
    }

    /** The same as what an alias leads to. */
    DnsAnswer aliased(Duration longest, Set<Name> passed) {
        Duration shorter = ttl.compareTo(longest) < 0 ? ttl : longest;
        Set<Name> all = new HashSet<>(passed);
        all.addAll(names);
        return new DnsAnswer(exists, records, additional, shorter, zone, alias, all);
    }

    /** Both records of a name that may have addresses of two families; what one lacks, the other may have. */
    DnsAnswer and(DnsAnswer other) {
        if (records.isEmpty() != other.records.isEmpty()) {
            return records.isEmpty() ? other : this;
        }
        List<Record> both = new ArrayList<>(records);
        both.addAll(other.records);
        Duration shorter = ttl.compareTo(other.ttl) < 0 ? ttl : other.ttl;
        Set<Name> all = new HashSet<>(names);
        all.addAll(other.names);
        return new DnsAnswer(
                exists || other.exists,
                List.copyOf(both),
                additional,
                shorter,
                zone || other.zone,
                Optional.empty(),
                all);
    }

    private static DnsAnswer nothing(Message message) {
        boolean exists = message.getRcode() != Rcode.NXDOMAIN;
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                long ttl = Math.min(soa.getTTL(), soa.getMinimum());
                // The root's: the question went out to the public, where a private zone is unknown.
                boolean zone = !soa.getName().equals(Name.root);
                return new DnsAnswer(
                        exists, List.of(), List.of(), Duration.ofSeconds(ttl), zone, Optional.empty(), Set.of());
            }
        }
        return new DnsAnswer(exists, List.of(), List.of(), Duration.ZERO, false, Optional.empty(), Set.of());
    }

    private static List<Record> owned(Message message, Name owner, int type) {
        List<Record> found = new ArrayList<>();
        for (Record record : message.getSection(Section.ANSWER)) {
            if (record.getType() == type
                    && record.getDClass() == DClass.IN
                    && record.getName().equals(owner)) {
                found.add(record);
            }
        }
        return found;
    }
}
