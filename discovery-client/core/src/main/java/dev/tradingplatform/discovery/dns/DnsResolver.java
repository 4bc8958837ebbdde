package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.RecordType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Looks service names up in DNS, without a cache. Safe for concurrent use; blocks during the lookup. */
public final class DnsResolver implements Resolver {

    private static final int HTTP_PORT = 80;

    private final RecordType recordType;
    private final AddressPolicy allowed;
    private final int maxRecords;
    private final DnsLookup lookup;
    private final SrvTargets srvTargets;

    /**
     * Creates a resolver. Queries are sent on the calling thread and on virtual threads.
     *
     * @param nameservers the nameservers to query
     * @param recordType the records to query
     * @param allowed the addresses that the client may connect to, and whether to query IPv6 addresses
     * @param maxRecords maximum number of records of one type in an answer of the DNS server: 8 for Cloud Map. An
     *     answer with exactly so many is partial. 1 or more
     * @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()}
     * @throws IllegalArgumentException if maxRecords is less than 1
     */
    public DnsResolver(
            Nameservers nameservers,
            RecordType recordType,
            AddressPolicy allowed,
            int maxRecords,
            LongSupplier nanoTime) {
        this(nameservers, recordType, allowed, maxRecords, DnsLookup.TIMEOUTS, nanoTime);
    }

    /** @param timeouts of a query, in each round over the nameservers */
    DnsResolver(
            Nameservers nameservers,
            RecordType recordType,
            AddressPolicy allowed,
            int maxRecords,
            List<Duration> timeouts,
            LongSupplier nanoTime) {
        this(nameservers, new DnsSocketExchange(nanoTime), recordType, allowed, maxRecords, timeouts);
    }

    private DnsResolver(
            Nameservers nameservers,
            DnsExchange exchange,
            RecordType recordType,
            AddressPolicy allowed,
            int maxRecords,
            List<Duration> timeouts) {
        if (maxRecords < 1) {
            throw new IllegalArgumentException("maxRecords: " + maxRecords + " (expected: 1 or more)");
        }
        this.recordType = recordType;
        this.allowed = allowed;
        this.maxRecords = maxRecords;
        this.lookup = new DnsLookup(nameservers, exchange, timeouts, allowed.ipv6());
        this.srvTargets = new SrvTargets(lookup);
    }

    /**
     * Returns a resolver that sends nothing and finds one endpoint under every name, with SRV records. It does all that
     * a lookup does, including writing and reading messages, so that the JVM has loaded the code of a lookup
     * afterwards.
     */
    public static DnsResolver inMemory(InetAddress address) {
        DnsExchange exchange = (nameserver, name, type, timeout) -> {
            Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
            Message answer = query.clone();
            answer.getHeader().setFlag(Flags.QR);
            answer.addRecord(new SRVRecord(name, DClass.IN, 1, 1, 1, HTTP_PORT, name), Section.ANSWER);
            answer.addRecord(new ARecord(name, DClass.IN, 1, address), Section.ADDITIONAL);
            return DnsSocketExchange.read(answer.toWire(), query)
                    .<DnsExchange.Reply>map(message -> new DnsExchange.Reply.Answered(message, false))
                    .orElseThrow();
        };
        return new DnsResolver(
                Nameservers.of(List.of(new InetSocketAddress(address, Nameservers.PORT))),
                exchange,
                RecordType.SRV,
                new AddressPolicy(true, false),
                2,
                DnsLookup.TIMEOUTS);
    }

    @Override
    public Resolution resolve(ServiceName service, int port) {
        Name name = absolute(service);
        String query = "query " + recordType + " " + service + ": ";
        return switch (recordType == RecordType.SRV ? lookup.records(name, Type.SRV) : lookup.addresses(name)) {
            case DnsLookup.Outcome.NoAnswer(String explanation) -> new Resolution.Unavailable(query + explanation);
            case DnsLookup.Outcome.Answered(DnsAnswer answer, String missing)
            when answer.records().isEmpty() ->
                new Resolution.Absent(answer.ttl(), query + absence(name, answer), answer.exists());
            case DnsLookup.Outcome.Answered(DnsAnswer answer, String missing) -> found(query, answer, missing, port);
        };
    }

    @Override
    public String query(ServiceName service) {
        return recordType + " " + service + " (nameservers: " + lookup.nameservers() + ")";
    }

    private String absence(Name name, DnsAnswer answer) {
        return recordType == RecordType.A && lookup.hasOnlyIpv6(name, answer)
                ? "the name " + Diagnosis.IPV6_ONLY
                : Diagnosis.ofAbsence(answer, recordType);
    }

    private Resolution found(String query, DnsAnswer answer, String missing, int port) {
        SrvTargets.Joined joined = recordType == RecordType.SRV
                ? srvTargets.join(answer)
                : new SrvTargets.Joined(addressTargets(answer, port), List.of(), Set.of(), true, false, answer.ttl());
        List<String> warnings = new ArrayList<>(joined.missing());
        if (!missing.isEmpty()) {
            warnings.addFirst(missing);
        }
        Set<String> aliases = answer.aliases().stream()
                .map(name -> name.toString(true).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Map<Endpoint, Target> targets = new LinkedHashMap<>();
        for (Target target : joined.targets()) {
            InetAddress address = target.endpoint().address();
            if (allowed.allows(address)) {
                targets.putIfAbsent(target.endpoint(), target.withAliases(aliases));
            } else {
                warnings.add(Diagnosis.ofRejected(address));
            }
        }
        if (targets.isEmpty()) {
            String explanation = query + "no usable address: " + String.join("; ", warnings);
            return joined.unanswered()
                    ? new Resolution.Unavailable(explanation)
                    : new Resolution.Absent(answer.ttl(), explanation, true);
        }
        Diagnosis.ofTtl(joined.ttl()).ifPresent(warnings::add);
        boolean complete = missing.isEmpty() && joined.whole() && !reachesLimit(answer);
        return new Resolution.Found(
                List.copyOf(targets.values()),
                complete,
                joined.unresolved(),
                joined.unanswered(),
                joined.ttl(),
                String.join("; ", warnings));
    }

    // The limit applies to each type. An answer beyond it is complete: it comes from a server without this limit.
    private boolean reachesLimit(DnsAnswer answer) {
        long v6 = answer.records().stream().filter(AAAARecord.class::isInstance).count();
        return v6 == maxRecords || answer.records().size() - v6 == maxRecords;
    }

    private static List<Target> addressTargets(DnsAnswer answer, int port) {
        List<Target> targets = new ArrayList<>();
        for (InetAddress address : SrvTargets.addresses(answer.records())) {
            targets.add(new Target(new Endpoint(address, port), 0, 1));
        }
        return targets;
    }

    // With the final dot, so that no search list applies.
    private static Name absolute(ServiceName service) {
        try {
            return Name.fromString(service.value() + ".");
        } catch (TextParseException impossible) {
            throw new IllegalArgumentException("service name: " + service + " (expected: a DNS name)", impossible);
        }
    }
}
