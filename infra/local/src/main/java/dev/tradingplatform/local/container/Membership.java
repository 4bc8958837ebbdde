package dev.tradingplatform.local.container;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Says which containers there are of a service. Blocks for a moment at most. */
@FunctionalInterface
interface Membership {

    /**
     * Their addresses, whether they are well or not.
     *
     * @throws IOException if that cannot be told at the moment, which is not the same as none
     */
    Set<InetAddress> of(String service) throws IOException;

    /**
     * What Docker's embedded DNS server tells: a network alias has one A record for each container that runs. A name it
     * does not know it asks its machine's DNS servers for, so every answer without addresses means that there are none.
     */
    static Membership docker(InetSocketAddress server, Duration timeout) throws UnknownHostException {
        Resolver resolver = new SimpleResolver(server);
        resolver.setTimeout(timeout);
        return service -> {
            Message answer = resolver.send(Message.newQuery(Record.newRecord(absolute(service), Type.A, DClass.IN)));
            return answer.getSection(Section.ANSWER).stream()
                    .filter(ARecord.class::isInstance)
                    .map(record -> ((ARecord) record).getAddress())
                    .collect(Collectors.toUnmodifiableSet());
        };
    }

    private static Name absolute(String service) {
        try {
            return Name.fromString(service, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("service: \"%s\" (expected: a DNS label)".formatted(service), e);
        }
    }
}
