package dev.tradingplatform.discovery.resolve;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * Joins SRV records with the addresses of their targets (RFC 2782). Addresses that the server added are used; targets
 * without are looked up side by side. A target whose lookup fails costs the others nothing.
 */
final class SrvTargets {

    private static final Executor VIRTUAL_THREADS = task -> Thread.ofVirtual().start(task);

    private final DnsLookup lookup;

    SrvTargets(DnsLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * @param targets one for each address of each SRV target, in the order of the answer
     * @param remarks which targets have no address, and why
     * @param ttl the shortest ttl of the SRV and address records used
     */
    record Joined(List<Target> targets, List<String> remarks, Duration ttl) {}

    /** @param ttl of the records; what was answered, cut off or not, is used */
    private record Addresses(List<InetAddress> addresses, Duration ttl, String problem) {}

    Joined join(DnsAnswer answer) {
        Map<Name, CompletableFuture<Addresses>> addressesByTarget = new LinkedHashMap<>();
        for (Record found : answer.records()) {
            Name target = ((SRVRecord) found).getTarget();
            if (!target.equals(Name.root)) {
                addressesByTarget.computeIfAbsent(target, name -> addresses(name, answer));
            }
        }
        List<Target> targets = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        Duration ttl = answer.ttl();
        for (Record found : answer.records()) {
            SRVRecord srv = (SRVRecord) found;
            if (srv.getTarget().equals(Name.root)) {
                // RFC 2782: a target of "." says that the service is decidedly not available here.
                continue;
            }
            Addresses known = Objects.requireNonNull(addressesByTarget.get(srv.getTarget()))
                    .join();
            if (known.addresses().isEmpty() || srv.getPort() == 0) {
                remarks.add("SRV target " + srv.getTarget() + " is left out: "
                        + (srv.getPort() == 0 ? "its port is 0" : known.problem()));
            } else {
                ttl = known.ttl().compareTo(ttl) < 0 ? known.ttl() : ttl;
                for (InetAddress address : known.addresses()) {
                    targets.add(new Target(new Endpoint(address, srv.getPort()), srv.getPriority(), srv.getWeight()));
                }
            }
        }
        return new Joined(targets, remarks, ttl);
    }

    private CompletableFuture<Addresses> addresses(Name target, DnsAnswer answer) {
        List<InetAddress> added = new ArrayList<>();
        long ttl = Integer.MAX_VALUE;
        for (Record record : answer.additional()) {
            if (record instanceof ARecord a && a.getName().equals(target)) {
                added.add(a.getAddress());
                ttl = Math.min(ttl, DnsAnswer.seconds(a));
            }
        }
        return added.isEmpty()
                ? CompletableFuture.supplyAsync(() -> ask(target), VIRTUAL_THREADS)
                : CompletableFuture.completedFuture(new Addresses(added, Duration.ofSeconds(ttl), ""));
    }

    private Addresses ask(Name target) {
        return switch (lookup.ask(target, Type.A)) {
            case DnsLookup.Outcome.Said(DnsAnswer said, boolean _) -> {
                List<InetAddress> addresses = new ArrayList<>();
                for (Record record : said.records()) {
                    addresses.add(((ARecord) record).getAddress());
                }
                yield new Addresses(addresses, said.ttl(), "it has no address");
            }
            case DnsLookup.Outcome.Nobody(String explanation) -> new Addresses(List.of(), Duration.ZERO, explanation);
        };
    }
}
