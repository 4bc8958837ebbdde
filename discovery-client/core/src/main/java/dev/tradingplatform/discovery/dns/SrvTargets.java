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
 * Joins SRV records with the addresses of their targets (RFC 2782). Uses the addresses that the server added to its
 * answer, and looks up the others at the same time. A failed lookup of one target does not affect the other targets.
 */
final class SrvTargets {

    /** Each target may need a query, and an answer over TCP has room for thousands. */
    private static final int MAX_TARGETS = 64;

    private final DnsLookup lookup;

    SrvTargets(DnsLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * The targets of an answer.
     *
     * @param targets one for each address of each SRV target, in the order of the answer
     * @param missing which targets have no address, and why
     * @param unresolved SRV records whose addresses are unknown or incomplete, as {@link Target#record}
     * @param whole whether all SRV records were used
     * @param unanswered whether no nameserver answered for one of them, so that it may have an address
     * @param ttl the shortest TTL of the SRV and address records used
     */
    record Joined(
            List<Target> targets,
            List<String> missing,
            Set<String> unresolved,
            boolean whole,
            boolean unanswered,
            Duration ttl) {}

    /**
     * The addresses of an SRV target.
     *
     * @param ttl of the address records
     * @param missing what is missing, and why; empty if nothing
     * @param unanswered whether no nameserver answered
     */
    private record Addresses(List<InetAddress> addresses, Duration ttl, String missing, boolean unanswered) {

        static Addresses unanswered(String reason) {
            return new Addresses(List.of(), Duration.ZERO, ": " + reason, true);
        }
    }

    Joined join(DnsAnswer answer) {
        Map<Name, CompletableFuture<Addresses>> addressesByTarget = new LinkedHashMap<>();
        List<Target> targets = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<SRVRecord> records = usable(answer, missing);
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
            if (!known.missing().isEmpty()) {
                missing.add("SRV target " + srv.getTarget() + known.missing());
                unresolved.add(record);
            }
            for (InetAddress address : known.addresses()) {
                ttl = DnsAnswer.shorter(ttl, known.ttl());
                targets.add(
                        new Target(new Endpoint(address, srv.getPort()), srv.getPriority(), srv.getWeight(), record));
            }
        }
        boolean whole = records.size() < MAX_TARGETS || answer.records().size() == MAX_TARGETS;
        return new Joined(targets, missing, unresolved, whole, unanswered, ttl);
    }

    private static List<SRVRecord> usable(DnsAnswer answer, List<String> missing) {
        List<SRVRecord> usable = new ArrayList<>();
        for (Record record : answer.records()) {
            SRVRecord srv = (SRVRecord) record;
            if (srv.getTarget().equals(Name.root)) {
                missing.add(
                        "the SRV target is \".\": the service is decidedly not available at this domain (RFC 2782)");
            } else if (srv.getPort() == 0) {
                missing.add("SRV target " + srv.getTarget() + " has port 0");
            } else if (usable.size() == MAX_TARGETS) {
                missing.add("only " + MAX_TARGETS + " of " + answer.records().size() + " SRV records are used");
                return usable;
            } else {
                usable.add(srv);
            }
        }
        return usable;
    }

    private CompletableFuture<Addresses> addresses(Name target, DnsAnswer answer) {
        List<Record> added = new ArrayList<>();
        boolean a = false;
        boolean aaaa = false;
        for (Record record : answer.additional()) {
            if (record.getDClass() == DClass.IN && record.getName().equals(target)) {
                boolean v4 = record.getType() == Type.A;
                boolean v6 = record.getType() == Type.AAAA && lookup.ipv6();
                a |= v4;
                aaaa |= v6;
                if (v4 || v6) {
                    added.add(record);
                }
            }
        }
        return a && (aaaa || !lookup.ipv6())
                ? CompletableFuture.completedFuture(new Addresses(addresses(added), shortestTtl(added), "", false))
                : CompletableFuture.supplyAsync(() -> lookUp(target), DnsLookup.VIRTUAL_THREADS);
    }

    private Addresses lookUp(Name target) {
        try {
            return switch (lookup.addresses(target)) {
                case DnsLookup.Outcome.Answered(DnsAnswer answer, String missing)
                when !answer.records().isEmpty() ->
                    new Addresses(
                            addresses(answer.records()), answer.ttl(), missing.isEmpty() ? "" : ": " + missing, false);
                case DnsLookup.Outcome.Answered(DnsAnswer answer, String missing) -> {
                    String reason = lookup.hasOnlyIpv6(target, answer) ? Diagnosis.IPV6_ONLY : "has no address";
                    yield new Addresses(List.of(), answer.ttl(), " " + reason, false);
                }
                case DnsLookup.Outcome.NoAnswer(String explanation) -> Addresses.unanswered(explanation);
            };
        } catch (RuntimeException | Error failure) {
            return Addresses.unanswered("its lookup failed: " + failure);
        }
    }

    private static Duration shortestTtl(List<Record> records) {
        long ttl = Integer.MAX_VALUE;
        for (Record record : records) {
            ttl = Math.min(ttl, record.getTTL());
        }
        return Duration.ofSeconds(ttl);
    }

    /** Returns the addresses of A and AAAA records. */
    static List<InetAddress> addresses(List<Record> records) {
        List<InetAddress> addresses = new ArrayList<>();
        for (Record record : records) {
            addresses.add(record instanceof AAAARecord aaaa ? aaaa.getAddress() : ((ARecord) record).getAddress());
        }
        return addresses;
    }
}
