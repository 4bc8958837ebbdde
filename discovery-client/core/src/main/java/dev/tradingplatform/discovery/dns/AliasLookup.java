package dev.tradingplatform.discovery.dns;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/**
 * Follows an alias whose target the nameserver does not answer along with it, as one that serves only the alias's zone
 * does: asks for the target then (RFC 1034 §3.6.2, §5.3.3). Safe for concurrent use; blocks.
 */
final class AliasLookup {

    /** An alias of an alias is unusual, more is a mistake or an attack. */
    private static final int MOST_QUESTIONS = 8;

    private final DnsLookup lookup;

    AliasLookup(DnsLookup lookup) {
        this.lookup = lookup;
    }

    /** Whom it asks. */
    String asked() {
        return lookup.asked();
    }

    DnsLookup.Outcome ask(Name name, int type) {
        Set<Name> asked = new LinkedHashSet<>();
        asked.add(name);
        Set<Name> passed = new HashSet<>();
        Duration shortest = Duration.ofSeconds(Integer.MAX_VALUE);
        DnsLookup.Outcome outcome = lookup.ask(name, type);
        while (outcome instanceof DnsLookup.Outcome.Said(DnsAnswer answer, String _)
                && answer.alias().isPresent()) {
            Name target = answer.alias().get();
            shortest = shortest.compareTo(answer.ttl()) < 0 ? shortest : answer.ttl();
            passed.addAll(answer.names());
            if (asked.size() == MOST_QUESTIONS || !asked.add(target)) {
                return new DnsLookup.Outcome.Nobody("its aliases (CNAME) lead in circles or too far: "
                        + asked.stream().map(Name::toString).collect(Collectors.joining(" → ")) + " → " + target);
            }
            outcome = lookup.ask(target, type);
        }
        return switch (outcome) {
            case DnsLookup.Outcome.Said said when asked.size() == 1 -> said;
            case DnsLookup.Outcome.Said(DnsAnswer answer, String gap) ->
                new DnsLookup.Outcome.Said(answer.aliased(shortest, passed), gap);
            case DnsLookup.Outcome.Nobody nobody -> asked.size() == 1 ? nobody : unanswered(nobody, asked);
        };
    }

    private static DnsLookup.Outcome unanswered(DnsLookup.Outcome.Nobody nobody, Set<Name> asked) {
        String chain = asked.stream().skip(1).map(Name::toString).collect(Collectors.joining(" → "));
        return new DnsLookup.Outcome.Nobody("it is an alias (CNAME) of " + chain + ": " + nobody.explanation());
    }
}
