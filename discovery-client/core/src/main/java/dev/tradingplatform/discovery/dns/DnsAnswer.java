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
 * What a message says about the queried name and type: aliases are followed, records of other owners left out.
 * Immutable.
 *
 * @param exists whether the name exists, with records of any type; false for NXDOMAIN
 * @param records records of the queried type, at the end of the chain of aliases
 * @param additional records that the server added, unchecked
 * @param ttl the shortest TTL on the way to the records; if there are none, how long that may be cached (RFC 2308 §5),
 *     zero without the SOA record of the zone
 * @param zoneKnown whether the server knows the zone: a negative answer has its SOA record
 * @param alias name to query instead, if the message does not say what it has
 * @param aliases names that the queried name is an alias of
 */
record DnsAnswer(
        boolean exists,
        List<Record> records,
        List<Record> additional,
        Duration ttl,
        boolean zoneKnown,
        Optional<Name> alias,
        Set<Name> aliases) {

    /** RFC 2181 §8. dnsjava reads a TTL with the top bit set as zero, as this section requires. */
    private static final long MAX_TTL = Integer.MAX_VALUE;

    static DnsAnswer of(Message message, Name name, int type) {
        long ttl = MAX_TTL;
        Name owner = name;
        boolean aliased = false;
        Set<Name> aliases = new HashSet<>();
        while (owner.equals(name) ? !aliased : aliases.add(owner)) {
            List<Record> found = ownedBy(owner, type, message);
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
                        aliases);
            }
            List<Record> cnames = ownedBy(owner, Type.CNAME, message);
            if (cnames.isEmpty()) {
                break;
            }
            aliased = true;
            ttl = Math.min(ttl, cnames.getFirst().getTTL());
            owner = ((CNAMERecord) cnames.getFirst()).getTarget();
        }
        return !aliased || denies(owner, message)
                ? negative(message)
                : new DnsAnswer(true, List.of(), List.of(), Duration.ofSeconds(ttl), true, Optional.of(owner), aliases);
    }

    private static List<Record> ownedBy(Name owner, int type, Message message) {
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

    // NXDOMAIN and the SOA record of NODATA are about the last name of a chain of aliases (RFC 2308 §2.1, §2.2).
    private static boolean denies(Name last, Message message) {
        return message.getRcode() == Rcode.NXDOMAIN
                || message.getSection(Section.AUTHORITY).stream()
                        .anyMatch(record -> record instanceof SOARecord && last.subdomain(record.getName()));
    }

    private static DnsAnswer negative(Message message) {
        Duration ttl = Duration.ZERO;
        boolean zoneKnown = false;
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                ttl = Duration.ofSeconds(Math.min(soa.getTTL(), soa.getMinimum()));
                // The root's SOA record means that a public resolver answered, which does not know private zones.
                zoneKnown = !soa.getName().equals(Name.root);
                break;
            }
        }
        boolean exists = message.getRcode() != Rcode.NXDOMAIN;
        return new DnsAnswer(exists, List.of(), List.of(), ttl, zoneKnown, Optional.empty(), Set.of());
    }

    /** Returns this answer as one about a name that is an alias of the given names, with at most the given TTL. */
    DnsAnswer behind(Set<Name> names, Duration maxTtl) {
        Set<Name> all = new HashSet<>(names);
        all.addAll(aliases);
        return new DnsAnswer(exists, records, additional, shorter(ttl, maxTtl), zoneKnown, alias, all);
    }

    /** Joins the answers for A and AAAA records of one name. An answer without records does not affect the other. */
    DnsAnswer and(DnsAnswer other) {
        if (records.isEmpty() != other.records.isEmpty()) {
            return records.isEmpty() ? other : this;
        }
        List<Record> both = new ArrayList<>(records);
        both.addAll(other.records);
        Set<Name> all = new HashSet<>(aliases);
        all.addAll(other.aliases);
        return new DnsAnswer(
                exists || other.exists,
                List.copyOf(both),
                additional,
                shorter(ttl, other.ttl),
                zoneKnown || other.zoneKnown,
                Optional.empty(),
                all);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
