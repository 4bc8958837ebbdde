package dev.tradingplatform.local;

import dev.tradingplatform.local.replica.ReplicaEvent;
import dev.tradingplatform.local.replica.ReplicaEvent.Died;
import dev.tradingplatform.local.replica.ReplicaEvent.Ready;
import dev.tradingplatform.local.replica.ReplicaEvent.Recovered;
import dev.tradingplatform.local.replica.ReplicaEvent.Unhealthy;
import dev.tradingplatform.local.terminal.Style;
import dev.tradingplatform.local.terminal.Terminal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Tells what happens, on the terminal. Safe for concurrent use. */
final class Story {

    private static final int ID_SHOWN = 8;

    private final Terminal terminal;
    private final InstantSource clock;

    Story(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** One line about what happened to a replica. */
    void tell(ReplicaEvent event) {
        terminal.line(
                switch (event) {
                    case Ready ready
                    when !ready.again() ->
                        row(
                                ready.replica().title(),
                                address(ready.replica().address()),
                                "ready after %s, pid %d".formatted(seconds(ready.after()), ready.pid()));
                    case Ready ready -> news(Style.GOOD, back(ready));
                    case Died died -> news(Style.BAD, dead(died));
                    case Unhealthy(var replica, long pid) ->
                        news(
                                Style.BAD,
                                "%s (pid %d) fails its health checks: out of DNS".formatted(replica.title(), pid));
                    case Recovered(var replica, long pid) ->
                        news(
                                Style.GOOD,
                                "%s (pid %d) passes its health checks again: back in DNS"
                                        .formatted(replica.title(), pid));
                });
    }

    /** One line of the table that a start builds up. */
    String row(String name, String where, String state) {
        return "  %s %-20s %s"
                .formatted(terminal.styled(Style.STRONG, String.format(Locale.ROOT, "%-17s", name)), where, state);
    }

    /** What to do with a platform that runs. */
    void guide(Platform platform, Layout layout, Duration startTook) {
        String page = terminal.styled(Style.STRONG, "http://" + address(layout.signal()) + "/");
        terminal.line("");
        terminal.line("Ready after %s: %s".formatted(seconds(startTook), page));
        terminal.line("");
        terminal.line("Three things to try in another terminal:");
        terminal.line("  " + dig(platform.dns(), layout));
        terminal.line("  curl 'http://%s/api/v1/signals/TICKER_1?strategy=sma-cross&fast=10&slow=30'"
                .formatted(address(layout.signal())));
        platform.replicas()
                .getFirst()
                .child()
                .ifPresent(child -> terminal.line("  kill -9 %d   %s"
                        .formatted(
                                child.pid(),
                                terminal.styled(Style.FAINT, "# stock-service 1: watch here, repeat the two above"))));
        terminal.line("");
        terminal.line("Ctrl-C stops everything and keeps the data.");
    }

    /** With one address for all, only SRV records tell replicas apart. */
    private static String dig(InetSocketAddress dns, Layout layout) {
        return "dig @%s -p %d %s.%s%s"
                .formatted(
                        dns.getAddress().getHostAddress(),
                        dns.getPort(),
                        Services.STOCK,
                        Services.NAMESPACE,
                        layout.hasAddressesForAll() ? "" : " SRV");
    }

    static String address(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private String news(Style style, String text) {
        LocalTime now =
                LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        return terminal.styled(Style.FAINT, String.format(Locale.ROOT, "%tT", now)) + "  "
                + terminal.styled(style, text);
    }

    private static String back(Ready ready) {
        return "%s is back after %s: pid %d, in DNS as instance %s…"
                .formatted(
                        ready.replica().title(),
                        seconds(ready.after()),
                        ready.pid(),
                        ready.instanceId().substring(0, ID_SHOWN));
    }

    private static String dead(Died died) {
        String next = died.pause().isZero()
                ? "starting it again"
                : "starting it again in " + died.pause().toSeconds() + " s";
        return "%s (pid %d) %s: out of DNS, %s".formatted(died.replica().title(), died.pid(), died.ending(), next);
    }
}
