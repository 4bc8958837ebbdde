package dev.tradingplatform.discovery.dns;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The addresses of a name: its A records, and its AAAA records where IPv6 is wanted, asked for side by side. One family
 * whose lookup fails costs the other nothing. Safe for concurrent use; blocks.
 */
final class AddressLookup {

    static final Executor VIRTUAL_THREADS =
            task -> Thread.ofVirtual().name("discovery-lookup").start(task);

    private final AliasLookup lookup;
    private final boolean ipv6;

    AddressLookup(AliasLookup lookup, boolean ipv6) {
        this.lookup = lookup;
        this.ipv6 = ipv6;
    }

    /** Whether AAAA records are wanted too. */
    boolean ipv6() {
        return ipv6;
    }

    DnsLookup.Outcome ask(Name name) {
        if (!ipv6) {
            return lookup.ask(name, Type.A);
        }
        CompletableFuture<DnsLookup.Outcome> second =
                CompletableFuture.supplyAsync(() -> lookup.ask(name, Type.AAAA), VIRTUAL_THREADS);
        DnsLookup.Outcome first = lookup.ask(name, Type.A);
        return both(first, second.join());
    }

    private static DnsLookup.Outcome both(DnsLookup.Outcome a, DnsLookup.Outcome aaaa) {
        if (a instanceof DnsLookup.Outcome.Said one && aaaa instanceof DnsLookup.Outcome.Said other) {
            return new DnsLookup.Outcome.Said(
                    one.answer().and(other.answer()), one.gap().isEmpty() ? other.gap() : one.gap());
        }
        if (a instanceof DnsLookup.Outcome.Said said && aaaa instanceof DnsLookup.Outcome.Nobody failed) {
            return oneOf(said, failed, "AAAA");
        }
        return a instanceof DnsLookup.Outcome.Nobody failed && aaaa instanceof DnsLookup.Outcome.Said said
                ? oneOf(said, failed, "A")
                : a;
    }

    // NXDOMAIN is about the name, whatever the type (RFC 8020); NODATA says nothing about the other family.
    private static DnsLookup.Outcome oneOf(
            DnsLookup.Outcome.Said said, DnsLookup.Outcome.Nobody failed, String failedType) {
        if (said.answer().exists() && said.answer().records().isEmpty()) {
            return failed;
        }
        return new DnsLookup.Outcome.Said(said.answer(), "no " + failedType + " records: " + failed.explanation());
    }
}
