package dev.tradingplatform.discovery.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * One question to all nameservers, one after the other, until one says something about the name. SERVFAIL, REFUSED and
 * silence are the server's trouble, not an answer: the next one is asked. The server that answered last is asked first
 * next time, so that a dead first server costs one lookup and not every one. Safe for concurrent use.
 */
final class DnsLookup {

    /** Long enough for a resolver that has to ask further, short enough for two servers within one second. */
    private static final Duration FIRST_TRY = Duration.ofMillis(400);

    /** For the servers that kept silent: packets get lost, and the VPC resolver drops what exceeds 1,024 a second. */
    private static final Duration SECOND_TRY = Duration.ofMillis(800);

    /** How long each nameserver has for its answer, one try after the other. */
    static final List<Duration> TRIES = List.of(FIRST_TRY, SECOND_TRY);

    private static final String CUT_OFF =
            "the answer was cut off and TCP did not get through: allow TCP 53 to the nameserver";

    private final Nameservers nameservers;
    private final DnsExchange exchange;
    private final List<Duration> tries;
    private final AtomicReference<@Nullable InetSocketAddress> lastGood = new AtomicReference<>();
    private final PacketLoss loss = new PacketLoss();

    /** @param tries as {@link #TRIES} */
    DnsLookup(Nameservers nameservers, DnsExchange exchange, List<Duration> tries) {
        this.tries = tries;
        this.nameservers = nameservers;
        this.exchange = exchange;
    }

    /** What the nameservers together came to. */
    sealed interface Outcome {

        /**
         * A nameserver knows about the name.
         *
         * @param gap what is missing of the answer, and why; empty when it is whole
         */
        record Said(DnsAnswer answer, String gap) implements Outcome {}

        /**
         * No nameserver did.
         *
         * @param explanation each server and what it said
         */
        record Nobody(String explanation) implements Outcome {}
    }

    /**
     * Asks and waits, usually at most 1.2 s for each nameserver, and as long again for one whose answers do not fit.
     */
    Outcome ask(Name name, int type) {
        Map<InetSocketAddress, String> said = new LinkedHashMap<>();
        List<InetSocketAddress> toAsk = inOrder();
        if (toAsk.isEmpty()) {
            return new Outcome.Nobody("no nameserver is configured");
        }
        for (Duration timeout : tries) {
            List<InetSocketAddress> silent = new ArrayList<>();
            for (InetSocketAddress server : toAsk) {
                switch (exchange.ask(server, name, type, timeout)) {
                    case DnsExchange.Reply.Answered(Message message, boolean partial) -> {
                        loss.answered();
                        DnsAnswer answer = DnsAnswer.of(message, name, type);
                        if (saysSomething(message)
                                && !(partial && answer.records().isEmpty())) {
                            lastGood.set(server);
                            return new Outcome.Said(answer, partial ? CUT_OFF : "");
                        }
                        said.put(server, partial ? CUT_OFF : Rcode.string(message.getRcode()));
                    }
                    case DnsExchange.Reply.Silent(String why, boolean late) -> {
                        if (late) {
                            loss.lost();
                        }
                        said.put(server, why);
                        silent.add(server);
                    }
                }
            }
            toAsk = silent;
        }
        return new Outcome.Nobody(explain(said) + (loss.comesInBursts() ? "; " + Diagnosis.ofLoss() : ""));
    }

    private List<InetSocketAddress> inOrder() {
        List<InetSocketAddress> servers = new ArrayList<>(nameservers.get());
        InetSocketAddress good = lastGood.get();
        if (good != null && servers.remove(good)) {
            servers.addFirst(good);
        }
        return servers;
    }

    private static boolean saysSomething(Message message) {
        return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
    }

    private static String explain(Map<InetSocketAddress, String> said) {
        return said.entrySet().stream()
                .map(entry -> words(entry.getKey()) + " said: " + entry.getValue())
                .collect(Collectors.joining("; "));
    }

    private static String words(InetSocketAddress server) {
        return server.getAddress().getHostAddress() + ":" + server.getPort();
    }

    /** Whom the next question goes to first, and who is next. */
    String asked() {
        return inOrder().stream().map(DnsLookup::words).collect(Collectors.joining(", "));
    }
}
