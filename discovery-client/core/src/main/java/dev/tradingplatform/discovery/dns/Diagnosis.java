package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.RecordType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Puts the usual misconfigurations into plain words. */
final class Diagnosis {

    /** Beyond this the first calls after a start from zero wait for DNS to forget. */
    private static final Duration SHORT_NEGATIVE_TTL = Duration.ofSeconds(15);

    /** Beyond this a deployment waits for DNS to forget. */
    private static final Duration SHORT_TTL = Duration.ofSeconds(60);

    private Diagnosis() {}

    static String ofNothing(DnsAnswer answer, RecordType record) {
        if (answer.exists()) {
            RecordType other = record == RecordType.SRV ? RecordType.A : RecordType.SRV;
            return "the name exists but has no " + record + " records (NODATA): if the service registers " + other
                    + " records, set discovery.record=" + other + ofNegativeTtl(answer);
        }
        if (!answer.zone()) {
            return "no such name (NXDOMAIN), and the nameserver does not know the namespace: is it misspelt, or not"
                    + " associated with this VPC?";
        }
        return "no such name (NXDOMAIN): no instance is registered, or the service name is misspelt"
                + ofNegativeTtl(answer);
    }

    private static String ofNegativeTtl(DnsAnswer answer) {
        return answer.ttl().compareTo(SHORT_NEGATIVE_TTL) <= 0
                ? ""
                : "; the zone lets resolvers remember that for "
                        + answer.ttl().toSeconds() + " s, so a service that starts from zero stays unreachable that"
                        + " long: set the ttl of the namespace's SOA record to "
                        + SHORT_NEGATIVE_TTL.toSeconds() + " s or less";
    }

    static Optional<String> ofTtl(Duration ttl) {
        return ttl.compareTo(SHORT_TTL) <= 0
                ? Optional.empty()
                : Optional.of("the records have a ttl of " + ttl.toSeconds()
                        + " s, so resolvers name stopped instances that long: set it to " + SHORT_TTL.toSeconds()
                        + " s or less");
    }

    static String ofRotation() {
        return "each answer has one record, and another one in turn: the service's routing policy seems to be WEIGHTED,"
                + " set it to MULTIVALUE, so that every answer names up to 8 instances";
    }

    static String ofLoss() {
        return "some questions are answered and others are not: a VPC's resolver drops what exceeds 1,024 packets a"
                + " second from one network interface, does something else on this host ask a lot?";
    }

    static String ofRefused(InetAddress address) {
        return address.isLoopbackAddress()
                ? address.getHostAddress() + " is refused: for a platform on one machine set discovery.loopback=true"
                : address.getHostAddress() + " is refused: not an address of another host";
    }
}
