package dev.tradingplatform.discovery.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Looks up the records of a name: queries one nameserver after another until one says something about the name, and
 * follows aliases. SERVFAIL, REFUSED and silence concern the nameserver, not the name: the next one is queried. The
 * nameserver that answered last is queried first in the next lookup, so that a dead first nameserver delays one lookup
 * and not each. Safe for concurrent use; blocks.
 */
final class DnsLookup {

    /**
     * Timeout of a query, in the first and in the second round over the nameservers. The first is long enough for a
     * resolver that queries other servers, and short enough for two nameservers within a second. The second round
     * queries those that were silent: packets get lost, and the VPC resolver drops those beyond 1,024 a second.
     */
    static final List<Duration> TIMEOUTS = List.of(Duration.ofMillis(400), Duration.ofMillis(800));

    /** Runs queries that are sent at the same time. */
    static final Executor VIRTUAL_THREADS =
            task -> Thread.ofVirtual().name("discovery-lookup").start(task);

    /** An alias of an alias is unusual, more is a mistake or an attack. */
    private static final int MAX_ALIASES = 8;

    private static final String TRUNCATED =
            "the answer was truncated and TCP failed: allow TCP port 53 to the nameserver";

    private final Nameservers nameservers;
    private final DnsExchange exchange;
    private final List<Duration> timeouts;
    private final boolean ipv6;
    private final AtomicReference<@Nullable InetSocketAddress> lastGood = new AtomicReference<>();
    private final PacketLoss loss = new PacketLoss();

    /**
     * @param exchange sends the queries
     * @param timeouts as {@link #TIMEOUTS}
     * @param ipv6 whether AAAA records count as addresses
     */
    DnsLookup(Nameservers nameservers, DnsExchange exchange, List<Duration> timeouts, boolean ipv6) {
        this.nameservers = nameservers;
        this.exchange = exchange;
        this.timeouts = timeouts;
        this.ipv6 = ipv6;
    }

    /** Outcome of a lookup over all nameservers. */
    sealed interface Outcome {

        /**
         * A nameserver answered for the name, possibly that it does not exist.
         *
         * @param missing what the answer lacks, and why; empty if nothing
         */
        record Answered(DnsAnswer answer, String missing) implements Outcome {}

        /**
         * No nameserver did.
         *
         * @param explanation each nameserver and its answer
         */
        record NoAnswer(String explanation) implements Outcome {}
    }

    /** Whether AAAA records count as addresses. */
    boolean ipv6() {
        return ipv6;
    }

    /** Returns the nameservers in the order in which the next query goes to them. */
    String nameservers() {
        return inOrder().stream().map(DnsLookup::text).collect(Collectors.joining(", "));
    }

    /**
     * Looks up the A records of a name, and its AAAA records at the same time if IPv6 is on. If one of the two lookups
     * fails, the outcome of the other counts.
     */
    Outcome addresses(Name name) {
        if (!ipv6) {
            return records(name, Type.A);
        }
        CompletableFuture<Outcome> aaaa =
                CompletableFuture.supplyAsync(() -> records(name, Type.AAAA), VIRTUAL_THREADS);
        return either(records(name, Type.A), aaaa.join());
    }

    private static Outcome either(Outcome a, Outcome aaaa) {
        if (a instanceof Outcome.Answered one && aaaa instanceof Outcome.Answered other) {
            return new Outcome.Answered(
                    one.answer().and(other.answer()), one.missing().isEmpty() ? other.missing() : one.missing());
        }
        if (a instanceof Outcome.Answered answered && aaaa instanceof Outcome.NoAnswer failed) {
            return without("AAAA", failed, answered);
        }
        return a instanceof Outcome.NoAnswer failed && aaaa instanceof Outcome.Answered answered
                ? without("A", failed, answered)
                : a;
    }

    // NXDOMAIN is about the name, whatever the type (RFC 8020); NODATA says nothing about the other type.
    private static Outcome without(String type, Outcome.NoAnswer failed, Outcome.Answered other) {
        if (other.answer().exists() && other.answer().records().isEmpty()) {
            return failed;
        }
        return new Outcome.Answered(other.answer(), "no " + type + " records: " + failed.explanation());
    }

    /**
     * Returns whether a name without A records has AAAA records, which do not count because IPv6 is off. Sends a query,
     * so it is only for explaining why a name has no address.
     *
     * @param answer the answer without A records
     */
    boolean hasOnlyIpv6(Name name, DnsAnswer answer) {
        return !ipv6
                && answer.exists()
                && records(name, Type.AAAA) instanceof Outcome.Answered other
                && !other.answer().records().isEmpty();
    }

    /**
     * Looks up the records of one type. Where an answer has an alias without what the alias leads to, as from a server
     * that serves only the zone of the alias, that name is queried next (RFC 1034 §3.6.2, §5.3.3). Usually takes at
     * most 1.2 s for each nameserver and alias, and as long again where an answer needs TCP.
     */
    Outcome records(Name name, int type) {
        Set<Name> queried = new LinkedHashSet<>();
        queried.add(name);
        Set<Name> aliases = new HashSet<>();
        Duration ttl = Duration.ofSeconds(Integer.MAX_VALUE);
        Outcome outcome = queryAll(name, type);
        while (outcome instanceof Outcome.Answered answered
                && answered.answer().alias().isPresent()) {
            Name target = answered.answer().alias().get();
            ttl = DnsAnswer.shorter(ttl, answered.answer().ttl());
            aliases.addAll(answered.answer().aliases());
            if (queried.size() == MAX_ALIASES || !queried.add(target)) {
                return new Outcome.NoAnswer("its aliases (CNAME) form a loop or are more than " + MAX_ALIASES + ": "
                        + chain(queried) + " → " + target);
            }
            outcome = queryAll(target, type);
        }
        if (queried.size() == 1) {
            return outcome;
        }
        queried.remove(name);
        Duration maxTtl = ttl;
        return switch (outcome) {
            case Outcome.Answered(DnsAnswer answer, String missing) ->
                new Outcome.Answered(answer.behind(aliases, maxTtl), missing);
            case Outcome.NoAnswer(String explanation) ->
                new Outcome.NoAnswer("it is an alias (CNAME) of " + chain(queried) + ": " + explanation);
        };
    }

    private static String chain(Set<Name> names) {
        return names.stream().map(Name::toString).collect(Collectors.joining(" → "));
    }

    private Outcome queryAll(Name name, int type) {
        List<InetSocketAddress> pending = inOrder();
        if (pending.isEmpty()) {
            return new Outcome.NoAnswer("no nameserver is configured");
        }
        Map<InetSocketAddress, String> failures = new LinkedHashMap<>();
        for (Duration timeout : timeouts) {
            List<InetSocketAddress> silent = new ArrayList<>();
            for (InetSocketAddress nameserver : pending) {
                switch (exchange.query(nameserver, name, type, timeout)) {
                    case DnsExchange.Reply.Answered(Message message, boolean truncated) -> {
                        loss.answered();
                        DnsAnswer answer = DnsAnswer.of(message, name, type);
                        boolean useless = truncated && answer.records().isEmpty();
                        if (concernsTheName(message) && !useless) {
                            lastGood.set(nameserver);
                            return new Outcome.Answered(answer, truncated ? TRUNCATED : "");
                        }
                        failures.put(nameserver, truncated ? TRUNCATED : Rcode.string(message.getRcode()));
                    }
                    case DnsExchange.Reply.Missing(String reason, boolean timedOut) -> {
                        if (timedOut) {
                            loss.timedOut();
                        }
                        failures.put(nameserver, reason);
                        silent.add(nameserver);
                    }
                }
            }
            pending = silent;
        }
        return new Outcome.NoAnswer(text(failures) + (loss.comesInBursts() ? "; " + Diagnosis.PACKET_LIMIT : ""));
    }

    private List<InetSocketAddress> inOrder() {
        List<InetSocketAddress> servers = new ArrayList<>(nameservers.get());
        InetSocketAddress good = lastGood.get();
        if (good != null && servers.remove(good)) {
            servers.addFirst(good);
        }
        return servers;
    }

    private static boolean concernsTheName(Message message) {
        return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
    }

    private static String text(Map<InetSocketAddress, String> failures) {
        return failures.entrySet().stream()
                .map(failure -> text(failure.getKey()) + ": " + failure.getValue())
                .collect(Collectors.joining("; "));
    }

    private static String text(InetSocketAddress nameserver) {
        return nameserver.isUnresolved()
                ? nameserver.toString()
                : nameserver.getAddress().getHostAddress() + ":" + nameserver.getPort();
    }

    /** Which of the latest 64 queries timed out. Safe for concurrent use. */
    private static final class PacketLoss {

        private static final int MIN_TIMEOUTS = 4;

        private final AtomicReference<Window> window = new AtomicReference<>(new Window(0, 0));

        /**
         * @param timeouts a bit for each query, the latest lowest
         * @param size number of queries in it, at most 64
         */
        private record Window(long timeouts, int size) {
            Window plus(int bit) {
                return new Window(timeouts << 1 | bit, Math.min(Long.SIZE, size + 1));
            }
        }

        void answered() {
            window.updateAndGet(now -> now.plus(0));
        }

        void timedOut() {
            window.updateAndGet(now -> now.plus(1));
        }

        /** Whether several queries timed out and most did not: a limit, not an outage. */
        boolean comesInBursts() {
            Window now = window.get();
            int timeouts = Long.bitCount(now.timeouts());
            return timeouts >= MIN_TIMEOUTS && 2 * timeouts <= now.size();
        }
    }
}
