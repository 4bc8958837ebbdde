package dev.tradingplatform.discovery.resolve;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.RecordType;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Resolves service names through DNS, without keeping anything. Safe for concurrent use; blocks while it asks. */
public final class DnsResolver implements Resolver {

    /** Cloud Map's answer is a sample when it has this many records (Route 53, multivalue answer routing). */
    private static final int MULTIVALUE_LIMIT = 8;

    private final RecordType record;
    private final AddressPolicy allowed;
    private final DnsLookup lookup;
    private final SrvTargets srvTargets;

    /**
     * @param nameservers whom to ask
     * @param record which records to ask for
     * @param allowed which addresses to believe
     * @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()}
     */
    public DnsResolver(Nameservers nameservers, RecordType record, AddressPolicy allowed, LongSupplier nanoTime) {
        this.record = record;
        this.allowed = allowed;
        this.lookup = new DnsLookup(nameservers, new DnsExchange(nanoTime));
        this.srvTargets = new SrvTargets(lookup);
    }

    @Override
    public Resolution resolve(ServiceName service, int port) {
        int type = record == RecordType.SRV ? Type.SRV : Type.A;
        String question = Type.string(type) + " " + service;
        return switch (lookup.ask(absolute(service), type)) {
            case DnsLookup.Outcome.Nobody(String explanation) ->
                new Resolution.Unavailable("asked for " + question + ": " + explanation);
            case DnsLookup.Outcome.Said(DnsAnswer answer, boolean _)
            when answer.records().isEmpty() ->
                new Resolution.Absent(
                        answer.ttl(), "asked for " + question + ": " + Diagnosis.ofNothing(answer, record));
            case DnsLookup.Outcome.Said(DnsAnswer answer, boolean partial) -> found(question, answer, partial, port);
        };
    }

    private Resolution found(String question, DnsAnswer answer, boolean partial, int port) {
        List<String> remarks = new ArrayList<>();
        if (partial) {
            remarks.add("the answer was cut off and TCP did not get through: allow TCP 53 to the nameserver");
        }
        Map<Endpoint, Target> targets = new LinkedHashMap<>();
        SrvTargets.Joined joined = record == RecordType.SRV
                ? srvTargets.join(answer)
                : new SrvTargets.Joined(addresses(answer, port), List.of(), answer.ttl());
        remarks.addAll(joined.remarks());
        for (Target target : joined.targets()) {
            InetAddress address = target.endpoint().address();
            if (allowed.allows(address)) {
                targets.putIfAbsent(target.endpoint(), target);
            } else {
                remarks.add(Diagnosis.ofRefused(address));
            }
        }
        String remark = String.join("; ", remarks);
        if (targets.isEmpty()) {
            return new Resolution.Absent(answer.ttl(), "asked for " + question + ": no usable address: " + remark);
        }
        boolean complete =
                !partial && joined.remarks().isEmpty() && answer.records().size() < MULTIVALUE_LIMIT;
        return new Resolution.Found(List.copyOf(targets.values()), complete, joined.ttl(), remark);
    }

    private static List<Target> addresses(DnsAnswer answer, int port) {
        List<Target> targets = new ArrayList<>();
        for (Record found : answer.records()) {
            targets.add(new Target(new Endpoint(((ARecord) found).getAddress(), port), 0, 1));
        }
        return targets;
    }

    /** Absolute, so that no search list is ever walked. */
    static Name absolute(ServiceName service) {
        try {
            return Name.fromString(service.value() + ".");
        } catch (TextParseException impossible) {
            throw new IllegalArgumentException("service name: " + service + " (expected: a DNS name)", impossible);
        }
    }
}
