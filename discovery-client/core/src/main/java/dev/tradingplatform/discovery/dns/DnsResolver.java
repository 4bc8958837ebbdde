package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.dns.ServiceName;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Resolves service names through DNS, without keeping anything. Safe for concurrent use; blocks while it asks. */
public final class DnsResolver implements Resolver {

    /** Cloud Map never answers with more records, and with exactly so many it may know of others (see Found). */
    private static final int MULTIVALUE_LIMIT = 8;

    private final RecordType record;
    private final AddressPolicy allowed;
    private final AliasLookup lookup;
    private final AddressLookup addresses;
    private final SrvTargets srvTargets;

    /**
     * @param nameservers whom to ask
     * @param record which records to ask for
     * @param allowed which addresses to believe, and whether to ask for those of IPv6
     * @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()}
     */
    public DnsResolver(Nameservers nameservers, RecordType record, AddressPolicy allowed, LongSupplier nanoTime) {
        this(nameservers, record, allowed, DnsLookup.TRIES, nanoTime);
    }

    /** @param tries how long each nameserver has for its answer, one try after the other */
    DnsResolver(
            Nameservers nameservers,
            RecordType record,
            AddressPolicy allowed,
            List<Duration> tries,
            LongSupplier nanoTime) {
        this.record = record;
        this.allowed = allowed;
        this.lookup = new AliasLookup(new DnsLookup(nameservers, new DnsExchange(nanoTime), tries));
        this.addresses = new AddressLookup(lookup, allowed.ipv6());
        this.srvTargets = new SrvTargets(addresses);
    }

    @Override
    public Resolution resolve(ServiceName service, int port) {
        String question = record + " " + service;
        Name name = absolute(service);
        return switch (record == RecordType.SRV ? lookup.ask(name, Type.SRV) : addresses.ask(name)) {
            case DnsLookup.Outcome.Nobody(String explanation) ->
                new Resolution.Unavailable("asked for " + question + ": " + explanation);
            case DnsLookup.Outcome.Said(DnsAnswer answer, String _)
            when answer.records().isEmpty() ->
                new Resolution.Absent(
                        answer.ttl(), "asked for " + question + ": " + Diagnosis.ofNothing(answer, record));
            case DnsLookup.Outcome.Said(DnsAnswer answer, String gap) -> found(question, answer, gap, port);
        };
    }

    @Override
    public String question(ServiceName service) {
        return record + " " + service + ", asked of " + lookup.asked();
    }

    private Resolution found(String question, DnsAnswer answer, String gap, int port) {
        Map<Endpoint, Target> targets = new LinkedHashMap<>();
        SrvTargets.Joined joined = record == RecordType.SRV
                ? srvTargets.join(answer)
                : new SrvTargets.Joined(targets(answer, port), List.of(), Set.of(), true, false, answer.ttl());
        List<String> remarks = new ArrayList<>(joined.gaps());
        if (!gap.isEmpty()) {
            remarks.addFirst(gap);
        }
        boolean complete = gap.isEmpty() && joined.whole() && !sample(answer);
        Set<String> aliases = answer.names().stream()
                .map(name -> name.toString(true).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (Target target : joined.targets()) {
            InetAddress address = target.endpoint().address();
            if (allowed.allows(address)) {
                targets.putIfAbsent(target.endpoint(), target.behind(aliases));
            } else {
                remarks.add(Diagnosis.ofRefused(address));
            }
        }
        if (targets.isEmpty()) {
            String explanation = "asked for " + question + ": no usable address: " + String.join("; ", remarks);
            return joined.unanswered()
                    ? new Resolution.Unavailable(explanation)
                    : new Resolution.Absent(answer.ttl(), explanation);
        }
        Diagnosis.ofTtl(joined.ttl()).ifPresent(remarks::add);
        return new Resolution.Found(
                List.copyOf(targets.values()),
                complete,
                joined.unresolved(),
                joined.unanswered(),
                joined.ttl(),
                String.join("; ", remarks));
    }

    /** Each type is limited by itself. */
    private static boolean sample(DnsAnswer answer) {
        long v6 = answer.records().stream().filter(AAAARecord.class::isInstance).count();
        return v6 == MULTIVALUE_LIMIT || answer.records().size() - v6 == MULTIVALUE_LIMIT;
    }

    private static List<Target> targets(DnsAnswer answer, int port) {
        List<Target> targets = new ArrayList<>();
        for (InetAddress address : SrvTargets.addresses(answer.records())) {
            targets.add(new Target(new Endpoint(address, port), 0, 1));
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
