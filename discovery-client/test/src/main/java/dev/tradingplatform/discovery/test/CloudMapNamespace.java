package dev.tradingplatform.discovery.test;

import java.time.Duration;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;

/**
 * A private DNS namespace and the TTLs of its answers. Immutable.
 *
 * @param name such as {@code trading-platform.local}
 * @param ttl TTL of A, AAAA and SRV records: whole seconds, 0 to 2,147,483,647 (RFC 2181 §8)
 * @param negativeTtl TTL of the SOA record, and so of NXDOMAIN and NODATA (RFC 2308 §5); same limits
 */
public record CloudMapNamespace(Name name, Duration ttl, Duration negativeTtl) {

    private static final Duration DEFAULT_TTL = Duration.ofMinutes(1);

    /** What resolvers in a VPC observe on private namespaces whose SOA record has Route 53's defaults. */
    private static final Duration DEFAULT_NEGATIVE_TTL = Duration.ofMinutes(5);

    // Route 53's defaults. A resolver takes the lesser of the record's TTL and the minimum.
    private static final long SERIAL = 1;
    private static final long REFRESH = 7_200;
    private static final long RETRY = 900;
    private static final long EXPIRE = 1_209_600;
    private static final long MINIMUM = 86_400;

    /** @throws IllegalArgumentException if a duration is out of range */
    public CloudMapNamespace {
        requireTtl("ttl", ttl);
        requireTtl("negativeTtl", negativeTtl);
    }

    /**
     * Creates a namespace with a TTL of 60 s and a negative TTL of 300 s, the defaults of Terraform and the console.
     */
    public static CloudMapNamespace of(String name) {
        return new CloudMapNamespace(Names.absolute(name), DEFAULT_TTL, DEFAULT_NEGATIVE_TTL);
    }

    /** Returns the same namespace with another TTL. */
    public CloudMapNamespace withTtl(Duration other) {
        return new CloudMapNamespace(name, other, negativeTtl);
    }

    /** Returns the same namespace with another negative TTL. */
    public CloudMapNamespace withNegativeTtl(Duration other) {
        return new CloudMapNamespace(name, ttl, other);
    }

    SOARecord soa() {
        return new SOARecord(
                name,
                DClass.IN,
                negativeTtl.toSeconds(),
                Names.within("ns", name),
                Names.within("hostmaster", name),
                SERIAL,
                REFRESH,
                RETRY,
                EXPIRE,
                MINIMUM);
    }

    private static void requireTtl(String what, Duration value) {
        if (value.isNegative() || value.toSeconds() > Integer.MAX_VALUE || value.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: whole seconds from 0 to %d)".formatted(what, value, Integer.MAX_VALUE));
        }
    }
}
