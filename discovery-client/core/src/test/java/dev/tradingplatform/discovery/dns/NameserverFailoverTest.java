package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.DnsFault;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Scenario: the first nameserver fails, or the file with the nameservers changes. */
class NameserverFailoverTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final ZoneServer first = new ZoneServer().with("stock", 60, Type.A, "10.0.1.1");
    private final ZoneServer second = new ZoneServer().with("stock", 60, Type.A, "10.0.1.2");

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("slow", DnsFault.none().delayed(Duration.ofSeconds(2))),
                Arguments.of("silent", DnsFault.silence()),
                Arguments.of("SERVFAIL", DnsFault.rcode(Rcode.SERVFAIL)),
                Arguments.of("REFUSED", DnsFault.rcode(Rcode.REFUSED)),
                Arguments.of("FORMERR", DnsFault.rcode(Rcode.FORMERR)),
                Arguments.of("garbage", DnsFault.garbage()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void resolvesWithTheSecondWithinASecondWhileTheFirstIs(String failure, DnsFault fault) {
        first.server().fault(fault);

        long started = System.nanoTime();
        Resolution resolution = resolve(first.address(), second.address());

        assertThat(ZoneServer.endpoints(resolution)).as(failure).containsExactly("10.0.1.2:80");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LIMIT);
    }

    @Test
    void resolvesWithTheSecondWithinASecondWhileTheFirstHasClosedItsPort() throws IOException {
        long started = System.nanoTime();
        Resolution resolution = resolve(closedPort(), second.address());

        assertThat(ZoneServer.endpoints(resolution)).containsExactly("10.0.1.2:80");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(LIMIT);
    }

    @Test
    void resolvesWithTheSecondWhileTheFirstHasNoAddress() {
        Resolution resolution = resolve(InetSocketAddress.createUnresolved("nowhere", 53), second.address());

        assertThat(ZoneServer.endpoints(resolution)).containsExactly("10.0.1.2:80");
    }

    @Test
    void queriesTheNameserversThatResolvConfListsAtThatTime(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("resolv.conf");
        DnsResolver resolver = new DnsResolver(
                Nameservers.in(file),
                RecordType.A,
                ZoneServer.IPV4,
                CloudMap.MAX_RECORDS,
                ZoneServer.LONG_TIMEOUT,
                System::nanoTime);
        assertThat(resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation()).contains("no nameserver is configured"));

        Files.writeString(file, "nameserver 127.0.0.1:" + first.address().getPort() + "\n");
        assertThat(ZoneServer.endpoints(resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT)))
                .containsExactly("10.0.1.1:80");

        Files.writeString(
                file,
                "options ndots:5\nnameserver fe80::1%gone0\nnameserver 127.0.0.1:"
                        + second.address().getPort() + "\n");
        assertThat(ZoneServer.endpoints(resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT)))
                .containsExactly("10.0.1.2:80");
        assertThat(first.server().queries().count()).isOne();
    }

    @Test
    void queriesAbsoluteNamesWhateverTheSearchList(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("resolv.conf");
        Files.writeString(
                file,
                "search zone corp.example\noptions ndots:5\nnameserver 127.0.0.1:"
                        + first.address().getPort() + "\n");
        first.without("stock", Type.A);

        new DnsResolver(Nameservers.in(file), RecordType.A, ZoneServer.IPV4, CloudMap.MAX_RECORDS, System::nanoTime)
                .resolve(ZoneServer.STOCK, ZoneServer.URL_PORT);

        assertThat(first.server().queries().latest())
                .extracting(entry -> entry.name())
                .containsExactly("stock.zone.");
    }

    private static Resolution resolve(InetSocketAddress... servers) {
        return new DnsResolver(
                        Nameservers.of(List.of(servers)),
                        RecordType.A,
                        ZoneServer.IPV4,
                        CloudMap.MAX_RECORDS,
                        System::nanoTime)
                .resolve(ZoneServer.STOCK, ZoneServer.URL_PORT);
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
        }
    }
}
