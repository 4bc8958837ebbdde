package dev.tradingplatform.discovery.resolve;

import dev.tradingplatform.discovery.endpoint.RecordType;
import java.net.InetAddress;

/** Puts the usual misconfigurations into plain words. */
final class Diagnosis {

    private Diagnosis() {}

    static String ofNothing(DnsAnswer answer, RecordType record) {
        if (answer.exists()) {
            RecordType other = record == RecordType.SRV ? RecordType.A : RecordType.SRV;
            return "the name exists but has no " + record + " records (NODATA): if the service registers " + other
                    + " records, set discovery.record=" + other;
        }
        if (!answer.zone()) {
            return "no such name (NXDOMAIN), and the nameserver does not know the namespace: is it misspelt, or not"
                    + " associated with this VPC?";
        }
        return "no such name (NXDOMAIN): no instance is registered, or the service name is misspelt; the zone lets"
                + " resolvers remember that for " + answer.ttl().toSeconds() + " s";
    }

    static String ofRefused(InetAddress address) {
        return address.isLoopbackAddress()
                ? address.getHostAddress() + " is refused: for a platform on one machine set discovery.loopback=true"
                : address.getHostAddress() + " is refused: not an address of another host";
    }
}
