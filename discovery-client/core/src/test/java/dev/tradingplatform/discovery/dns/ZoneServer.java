package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.DnsServer;
import dev.tradingplatform.discovery.test.DnsZone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * A DNS server with records that a test writes, and resolvers that query it. It serves two zones, {@code zone.} and
 * {@code other.}; an answer of one has no records of the other.
 */
final class ZoneServer implements AutoCloseable {

    static final ServiceName STOCK = new ServiceName("stock.zone");
    static final int URL_PORT = 80;
    static final AddressPolicy IPV4 = new AddressPolicy(false, false);

    /** A timeout longer than this machine ever stalls, so that no query is repeated. */
    static final List<Duration> LONG_TIMEOUT = List.of(Duration.ofSeconds(5));

    private static final Name ORIGIN = Name.fromConstantString("zone.");
    private static final Duration ADDITIONAL_TTL = Duration.ofSeconds(60);

    private final DnsZone zone = DnsZone.of("zone.");
    private final DnsZone other = DnsZone.of("other.");
    private final DnsServer server = DnsServer.start(zone.orElse(other));
    private List<Duration> timeouts = DnsLookup.TIMEOUTS;

    /** Gives resolvers a long timeout, for tests that count queries. */
    ZoneServer withLongTimeout() {
        timeouts = LONG_TIMEOUT;
        return this;
    }

    DnsServer server() {
        return server;
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** Adds a record; names without a final dot are below {@code zone.} */
    ZoneServer with(String owner, long ttl, int type, String data) {
        zoneOf(owner).add(owner, type, Duration.ofSeconds(ttl), data);
        return this;
    }

    /** Adds a record to the additional section of every answer from {@code zone.} */
    ZoneServer withAdditional(String owner, int type, String data) {
        zone.addAdditional(owner, type, ADDITIONAL_TTL, data);
        return this;
    }

    ZoneServer without(String owner, int type) {
        zoneOf(owner).remove(owner, type);
        return this;
    }

    private DnsZone zoneOf(String owner) {
        return owner.endsWith(".other.") ? other : zone;
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

    DnsResolver resolver(RecordType recordType, AddressPolicy allowed) {
        return resolver(recordType, allowed, CloudMap.MAX_RECORDS);
    }

    DnsResolver resolver(RecordType recordType, AddressPolicy allowed, int maxRecords) {
        return new DnsResolver(
                Nameservers.of(List.of(address())), recordType, allowed, maxRecords, timeouts, System::nanoTime);
    }

    Resolution resolve(RecordType recordType) {
        return resolver(recordType, IPV4).resolve(STOCK, URL_PORT);
    }

    Resolution.Found found(RecordType recordType) {
        return (Resolution.Found) resolve(recordType);
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
