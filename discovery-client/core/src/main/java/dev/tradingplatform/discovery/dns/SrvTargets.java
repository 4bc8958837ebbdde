package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * Joins SRV records with the addresses of their targets (RFC 2782). Addresses that the server added are used; targets
 * without are looked up side by side. A target whose lookup fails costs the others nothing.
 */
final class SrvTargets {

    /** Each target may cost a question, and an answer over TCP has room for thousands. */
    private static final int MOST_TARGETS = 64;

    private final AddressLookup lookup;

    SrvTargets(AddressLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * @param targets one for each address of each SRV target, in the order of the answer
     * @param gaps which targets have no address, and why
     * @param unresolved the targets of which that is not known, or not whole, as {@link Target#record}
     * @param whole whether all SRV records were used
     * @param unanswered whether no nameserver said anything about one of them: it may have an address
     * @param ttl the shortest ttl of the SRV and address records used
     */
    record Joined(
            List<Target> targets,
            List<String> gaps,
            Set<String> unresolved,
            boolean whole,
            boolean unanswered,
            Duration ttl) {}

    /**
     * @param ttl of the records; what was answered, cut off or not, is used
     * @param gap what is missing, and why
     * @param unanswered whether no nameserver said anything
     */
    private record Addresses(List<InetAddress> addresses, Duration ttl, String gap, boolean unanswered) {

        static Addresses none(String why) {
            return new Addresses(List.of(), Duration.ZERO, "left out, " + why, true);
        }
    }

    Joined join(DnsAnswer answer) {
        Map<Name, CompletableFuture<Addresses>> addressesByTarget = new LinkedHashMap<>();
        List<Target> targets = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        List<SRVRecord> records = usable(answer, gaps);
        for (SRVRecord srv : records) {
            addressesByTarget.computeIfAbsent(srv.getTarget(), name -> addresses(name, answer));
        }
        Set<String> unresolved = new HashSet<>();
        boolean unanswered = false;
        Duration ttl = answer.ttl();
        for (SRVRecord srv : records) {
            String record = srv.getTarget() + ":" + srv.getPort();
            Addresses known = Objects.requireNonNull(addressesByTarget.get(srv.getTarget()))
                    .join();
            unanswered |= known.unanswered();
            if (!known.gap().isEmpty()) {
                gaps.add("SRV target " + srv.getTarget() + ": " + known.gap());
                unresolved.add(record);
            }
            for (InetAddress address : known.addresses()) {
                ttl = known.ttl().compareTo(ttl) < 0 ? known.ttl() : ttl;
                targets.add(
                        new Target(new Endpoint(address, srv.getPort()), srv.getPriority(), srv.getWeight(), record));
            }
        }
        boolean whole = records.size() < MOST_TARGETS || answer.records().size() == MOST_TARGETS;
        return new Joined(targets, gaps, unresolved, whole, unanswered, ttl);
    }

    private static List<SRVRecord> usable(DnsAnswer answer, List<String> gaps) {
        List<SRVRecord> usable = new ArrayList<>();
        for (Record found : answer.records()) {
            SRVRecord srv = (SRVRecord) found;
            if (srv.getTarget().equals(Name.root)) {
                gaps.add("the SRV target is \".\": the service is decidedly not available here (RFC 2782)");
            } else if (srv.getPort() == 0) {
                gaps.add("SRV target " + srv.getTarget() + ": its port is 0");
            } else if (usable.size() == MOST_TARGETS) {
                gaps.add("only " + MOST_TARGETS + " of " + answer.records().size() + " SRV records are used");
                return usable;
            } else {
                usable.add(srv);
            }
        }
        return usable;
    }

    private CompletableFuture<Addresses> addresses(Name target, DnsAnswer answer) {
        List<Record> added = new ArrayList<>();
        boolean aaaa = false;
        boolean a = false;
        for (Record record : answer.additional()) {
            if (record.getDClass() == DClass.IN && record.getName().equals(target)) {
                boolean four = record.getType() == Type.A;
                boolean six = record.getType() == Type.AAAA && lookup.ipv6();
                a |= four;
                aaaa |= six;
                if (four || six) {
                    added.add(record);
                }
            }
        }
        return a && (aaaa || !lookup.ipv6())
                ? CompletableFuture.completedFuture(new Addresses(addresses(added), shortest(added), "", false))
                : CompletableFuture.supplyAsync(() -> ask(target), AddressLookup.VIRTUAL_THREADS);
    }

    private Addresses ask(Name target) {
        try {
            return switch (lookup.ask(target)) {
                case DnsLookup.Outcome.Said(DnsAnswer said, String _)
                when said.records().isEmpty() ->
                    new Addresses(List.of(), said.ttl(), "left out, it has no address", false);
                case DnsLookup.Outcome.Said(DnsAnswer said, String gap) ->
                    new Addresses(addresses(said.records()), said.ttl(), gap, false);
                case DnsLookup.Outcome.Nobody(String explanation) -> Addresses.none(explanation);
            };
        } catch (RuntimeException | Error fault) {
            return Addresses.none("its lookup failed: " + fault);
        }
    }

    private static Duration shortest(List<Record> records) {
        long ttl = Integer.MAX_VALUE;
        for (Record record : records) {
            ttl = Math.min(ttl, record.getTTL());
        }
        return Duration.ofSeconds(ttl);
    }

    /** Of A and AAAA records. */
    static List<InetAddress> addresses(List<Record> records) {
        List<InetAddress> addresses = new ArrayList<>();
        for (Record record : records) {
            addresses.add(record instanceof AAAARecord aaaa ? aaaa.getAddress() : ((ARecord) record).getAddress());
        }
        return addresses;
    }
}
