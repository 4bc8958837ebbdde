package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.DnsServer;
import dev.tradingplatform.discovery.test.TcpMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsResolverTest {

    private static final ServiceName STOCK = new ServiceName("stock-service.trading-platform.local");
    private static final int URL_PORT = 80;

    private final CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
    private final List<DnsServer> servers = new ArrayList<>();
    private DnsServer dns;

    @BeforeEach
    void start() throws IOException {
        dns = startDns();
    }

    private DnsServer startDns() throws IOException {
        DnsServer server = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap);
        servers.add(server);
        return server;
    }

    @AfterEach
    void stop() {
        servers.forEach(DnsServer::close);
    }

    private void register(int instances) throws UnknownHostException {
        for (int instance = 1; instance <= instances; instance++) {
            cloudMap.register("stock-service", "task" + instance, ip("10.0.1." + (100 + instance)), 8080);
        }
    }

    private static InetAddress ip(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }

    private Resolution resolve(RecordType recordType) {
        return resolve(recordType, dns.address());
    }

    private static Resolution resolve(RecordType recordType, InetSocketAddress... nameservers) {
        return new DnsResolver(
                        Nameservers.of(List.of(nameservers)),
                        recordType,
                        ZoneServer.IPV4,
                        CloudMap.MAX_RECORDS,
                        System::nanoTime)
                .resolve(STOCK, URL_PORT);
    }

    private static List<String> endpoints(Resolution resolution) {
        return ((Resolution.Found) resolution)
                .targets().stream()
                        .map(target -> target.endpoint().toString())
                        .sorted()
                        .toList();
    }

    @Test
    void takesThePortFromTheUrlForARecordsAndFromTheRecordForSrv() throws IOException {
        register(2);

        assertThat(endpoints(resolve(RecordType.A))).containsExactly("10.0.1.101:80", "10.0.1.102:80");
        assertThat(endpoints(resolve(RecordType.SRV))).containsExactly("10.0.1.101:8080", "10.0.1.102:8080");
    }

    @Test
    void returnsTtlPriorityAndWeightOfTheRecords() throws IOException {
        register(1);

        assertThat(resolve(RecordType.SRV)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(found.ttl()).isEqualTo(Duration.ofSeconds(60));
            assertThat(found.targets().getFirst().priority()).isOne();
            assertThat(found.targets().getFirst().weight()).isOne();
            assertThat(found.warning()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void takesFewerThanEightRecordsForCompleteAndEightForPartial(RecordType recordType) throws IOException {
        register(7);
        assertThat(((Resolution.Found) resolve(recordType)).complete()).isTrue();

        register(8);
        assertThat(((Resolution.Found) resolve(recordType)).complete()).isFalse();

        register(12);
        assertThat(resolve(recordType)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(found.targets()).hasSize(8);
            assertThat(found.complete()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"7, true", "8, false", "9, true", "12, true"})
    void takesMoreThanEightForCompleteBecauseCloudMapNeverAnswersThatMany(int records, boolean complete) {
        try (ZoneServer zone = new ZoneServer()) {
            for (int host = 1; host <= records; host++) {
                zone.with("stock", 60, Type.A, "10.0.1." + host).with("stock", 60, Type.SRV, "1 1 80 host" + host);
                zone.with("host" + host, 60, Type.A, "10.0.1." + host);
            }

            assertThat(zone.found(RecordType.A).complete()).isEqualTo(complete);
            assertThat(zone.found(RecordType.SRV).complete()).isEqualTo(complete);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, true", "3, false", "4, true", "8, true"})
    void takesAnswersWithExactlyTheMaximumOfAnotherServerForPartial(int records, boolean complete) {
        try (ZoneServer zone = new ZoneServer()) {
            for (int host = 1; host <= records; host++) {
                zone.with("stock", 60, Type.A, "10.0.1." + host);
            }

            assertThat(zone.resolver(RecordType.A, ZoneServer.IPV4, 3).resolve(ZoneServer.STOCK, URL_PORT))
                    .isInstanceOfSatisfying(
                            Resolution.Found.class,
                            found -> assertThat(found.complete()).isEqualTo(complete));
        }
    }

    @Test
    void needsAMaximumOfAtLeastOneRecord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DnsResolver(List::of, RecordType.A, ZoneServer.IPV4, 0, System::nanoTime))
                .withMessage("maxRecords: 0 (expected: 1 or more)");
    }

    @Test
    void namesQueryAndNameserversForLookupsInFlight() {
        DnsResolver resolver = new DnsResolver(
                () -> List.of(Nameservers.parse("10.0.0.2"), Nameservers.parse("10.0.1.2:5353")),
                RecordType.SRV,
                ZoneServer.IPV4,
                CloudMap.MAX_RECORDS,
                System::nanoTime);

        assertThat(resolver.query(STOCK))
                .isEqualTo("SRV stock-service.trading-platform.local (nameservers: 10.0.0.2:53, 10.0.1.2:5353)");
    }

    @Test
    void looksUpTheAddressOfEachTargetIfTheServerAddsNone() throws IOException {
        register(3);
        dns.fault(DnsFault.withoutAdditional());

        DnsResolver resolver = new DnsResolver(
                Nameservers.of(List.of(dns.address())),
                RecordType.SRV,
                ZoneServer.IPV4,
                CloudMap.MAX_RECORDS,
                ZoneServer.LONG_TIMEOUT,
                System::nanoTime);
        assertThat(endpoints(resolver.resolve(STOCK, URL_PORT)))
                .containsExactly("10.0.1.101:8080", "10.0.1.102:8080", "10.0.1.103:8080");
        assertThat(dns.queries().count("task2.stock-service.trading-platform.local", Type.A))
                .isOne();
    }

    @Test
    void keepsTheOtherTargetsWhenOneHasNoAddress() throws IOException {
        register(3);
        dns.fault(DnsFault.answering(message -> {
            message.removeAllRecords(Section.ADDITIONAL);
            Record question = message.getQuestion();
            if (question.getName().toString().startsWith("task2.")) {
                message.removeAllRecords(Section.ANSWER);
            }
            return message;
        }));

        assertThat(resolve(RecordType.SRV)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(endpoints(found)).containsExactly("10.0.1.101:8080", "10.0.1.103:8080");
            assertThat(found.unresolved()).containsExactly("task2.stock-service.trading-platform.local.:8080");
            assertThat(found.warning()).contains("task2.stock-service.trading-platform.local.");
        });
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                Arguments.of("wrong id", DnsFault.wrongId()),
                Arguments.of("wrong question", DnsFault.wrongQuestion()),
                Arguments.of("no QR bit", DnsFault.notAResponse()),
                Arguments.of("foreign owner", DnsFault.foreignOwner("evil.example.")),
                Arguments.of("garbage", DnsFault.garbage()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void waitsForTheCorrectAnswerAfterAForgeryWith(String name, DnsFault forgery) throws IOException {
        register(1);
        dns.fault(forgery.thenCorrectAnswer());

        assertThat(endpoints(resolve(RecordType.SRV))).as(name).containsExactly("10.0.1.101:8080");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void acceptsNoForgeryWith(String name, DnsFault forgery) throws IOException {
        register(1);
        dns.fault(forgery);

        assertThat(resolve(RecordType.SRV))
                .as(name)
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation()).contains("no answer within"));
    }

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void rejectsLoopbackAndLinkLocalAddresses(RecordType recordType) throws IOException {
        register(1);
        cloudMap.register("stock-service", "self", ip("127.0.0.1"), 8080);
        cloudMap.register("stock-service", "credentials", ip("169.254.169.254"), 80);

        assertThat(resolve(recordType)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(found.targets()).hasSize(1);
            assertThat(found.warning())
                    .contains("127.0.0.1 is not allowed", "169.254.169.254 is not allowed", "discovery.loopback=true");
        });
    }

    @Test
    void distinguishesAMissingNameFromAMissingRecordType() throws IOException {
        assertThat(resolve(RecordType.SRV)).isInstanceOfSatisfying(Resolution.Absent.class, absent -> {
            assertThat(absent.ttl()).isEqualTo(Duration.ofMinutes(5));
            assertThat(absent.explanation()).contains("NXDOMAIN", "no instance is registered", "300 s");
            assertThat(absent.nameExists()).isFalse();
        });

        register(1);
        dns.fault(DnsFault.noData());
        assertThat(resolve(RecordType.SRV)).isInstanceOfSatisfying(Resolution.Absent.class, absent -> {
            assertThat(absent.explanation()).contains("NODATA", "discovery.record-type=A");
            assertThat(absent.nameExists()).isTrue();
        });

        dns.fault(DnsFault.rcode(Rcode.NXDOMAIN));
        assertThat(resolve(RecordType.SRV))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.explanation()).contains("does not know the namespace"));
    }

    static Stream<Arguments> failingServers() {
        return Stream.of(
                Arguments.of("silent", DnsFault.silence()),
                Arguments.of("SERVFAIL", DnsFault.rcode(Rcode.SERVFAIL)),
                Arguments.of("REFUSED", DnsFault.rcode(Rcode.REFUSED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failingServers")
    void queriesTheSecondNameserverWhenTheFirstIs(String name, DnsFault fault) throws IOException {
        register(1);
        dns.fault(fault);
        DnsServer second = startDns();

        assertThat(endpoints(resolve(RecordType.SRV, dns.address(), second.address())))
                .as(name)
                .containsExactly("10.0.1.101:8080");
    }

    @Test
    void queriesTheNameserverFirstThatAnsweredLast() throws IOException {
        register(1);
        dns.fault(DnsFault.rcode(Rcode.SERVFAIL));
        DnsServer second = startDns();
        DnsResolver resolver = new DnsResolver(
                Nameservers.of(List.of(dns.address(), second.address())),
                RecordType.A,
                ZoneServer.IPV4,
                CloudMap.MAX_RECORDS,
                ZoneServer.LONG_TIMEOUT,
                System::nanoTime);

        resolver.resolve(STOCK, URL_PORT);
        resolver.resolve(STOCK, URL_PORT);

        assertThat(dns.queries().count()).isOne();
        assertThat(second.queries().count()).isEqualTo(2);
    }

    @Test
    void saysWhatEachNameserverAnswered() throws IOException {
        dns.fault(DnsFault.rcode(Rcode.SERVFAIL));
        DnsServer second = startDns();
        second.fault(DnsFault.rcode(Rcode.REFUSED));

        assertThat(resolve(RecordType.SRV, dns.address(), second.address()))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation())
                                .isEqualTo("query SRV stock-service.trading-platform.local: 127.0.0.1:"
                                        + dns.address().getPort() + ": SERVFAIL; 127.0.0.1:"
                                        + second.address().getPort() + ": REFUSED"));
    }

    @Test
    void repeatsTheQueryOverTcpAfterATruncatedAnswer() throws IOException {
        register(4);
        dns.fault(DnsFault.truncated());

        assertThat(((Resolution.Found) resolve(RecordType.SRV)).targets()).hasSize(4);
    }

    @Test
    void usesTheTruncatedAnswerWhenTcpIsBlocked() throws IOException {
        register(4);
        dns.fault(exchange -> (exchange.correctAnswer().getQuestion().getType() == Type.SRV
                        ? DnsFault.truncated()
                        : DnsFault.none())
                .replies(exchange));
        dns.tcp(TcpMode.REFUSING);

        assertThat(resolve(RecordType.SRV)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(found.targets()).hasSize(2);
            assertThat(found.complete()).isFalse();
            assertThat(found.warning()).contains("allow TCP port 53");
        });
    }
}
