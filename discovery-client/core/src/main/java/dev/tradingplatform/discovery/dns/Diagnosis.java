package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.RecordType;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Describes the usual misconfigurations in plain words, with the setting to change. */
final class Diagnosis {

    static final String IPV6_ONLY = "has only AAAA records: set discovery.ipv6=true";

    static final String PACKET_LIMIT =
            "some queries are answered and others are not: the resolver of a VPC drops what exceeds 1,024 packets a second"
                    + " from one network interface; check whether another program on this host sends many queries";

    private static final String WEIGHTED =
            "each answer has one record, and different ones in turn: the routing policy of the service seems to be"
                    + " WEIGHTED; set it to MULTIVALUE, so that each answer lists up to 8 instances";

    /** With a longer negative TTL, the first calls after a start from zero instances wait until DNS forgets. */
    private static final Duration MAX_NEGATIVE_TTL = Duration.ofSeconds(15);

    /** With a longer TTL, a deployment waits until DNS forgets. */
    private static final Duration MAX_TTL = Duration.ofSeconds(60);

    private Diagnosis() {}

    /** Describes why an answer has no records of the queried type. */
    static String ofAbsence(DnsAnswer answer, RecordType type) {
        if (answer.exists()) {
            RecordType other = type == RecordType.SRV ? RecordType.A : RecordType.SRV;
            return "the name exists but has no " + type + " records (NODATA): if the service registers " + other
                    + " records, set discovery.record-type=" + other + ofNegativeTtl(answer);
        }
        if (!answer.zoneKnown()) {
            return "no such name (NXDOMAIN), and the nameserver does not know the namespace: check that"
                    + " discovery.namespace is spelled correctly and associated with this VPC";
        }
        return "no such name (NXDOMAIN): no instance is registered, or the service name is misspelled"
                + ofNegativeTtl(answer);
    }

    private static String ofNegativeTtl(DnsAnswer answer) {
        return answer.ttl().compareTo(MAX_NEGATIVE_TTL) <= 0
                ? ""
                : "; resolvers may cache this for " + answer.ttl().toSeconds()
                        + " s, and a service that starts from zero instances is unreachable that long: set the TTL of"
                        + " the namespace's SOA record to " + MAX_NEGATIVE_TTL.toSeconds() + " s or less";
    }

    /** Describes a TTL that is too long. */
    static Optional<String> ofTtl(Duration ttl) {
        return ttl.compareTo(MAX_TTL) <= 0
                ? Optional.empty()
                : Optional.of("the records have a TTL of " + ttl.toSeconds()
                        + " s, so resolvers list stopped instances that long: set it to " + MAX_TTL.toSeconds()
                        + " s or less");
    }

    /** Describes answers that list different endpoints in turn. */
    static String ofRotation(int maxListed, int known) {
        return maxListed == 1
                ? WEIGHTED
                : "the answers list at most " + maxListed + " of " + known
                        + " endpoints, different ones in turn: they are treated as partial, and an endpoint is removed"
                        + " only after a failed connection";
    }

    /** Describes an address that {@link AddressPolicy} does not allow. */
    static String ofRejected(InetAddress address) {
        String rejected = address.getHostAddress() + " is not allowed: ";
        return address.isLoopbackAddress()
                ? rejected + "for a platform on one machine set discovery.loopback=true"
                : rejected + "it is not the address of another host";
    }
}
