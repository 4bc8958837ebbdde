package dev.tradingplatform.discovery.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class CloudMapTest {

    private static final String NAME = "stock-service.trading-platform.local.";

    private final CloudMapNamespace namespace = CloudMapNamespace.of("trading-platform.local");
    private final CloudMap cloudMap = CloudMap.of(namespace);

    @Test
    void answersOneAddressPerHealthyInstance() {
        register(3);

        Message answer = ask(NAME, Type.A);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(addresses(answer)).containsExactlyInAnyOrder("10.0.1.1", "10.0.1.2", "10.0.1.3");
        assertThat(answer.getSection(Section.ANSWER))
                .allSatisfy(record -> assertThat(record.getTTL()).isEqualTo(60));
    }

    @Test
    void answersEveryHealthyInstanceUpToEight() {
        register(8);

        assertThat(addresses(ask(NAME, Type.A))).hasSize(8);
    }

    @Test
    void answersEightOfManyEachEquallyOften() {
        register(16);
        Map<String, Integer> seen = new HashMap<>();
        int rounds = 4_000;

        for (int round = 0; round < rounds; round++) {
            List<String> addresses = addresses(ask(NAME, Type.A));
            assertThat(addresses).hasSize(8).doesNotHaveDuplicates();
            addresses.forEach(address -> seen.merge(address, 1, Integer::sum));
        }

        assertThat(seen).hasSize(16);
        // Each is in half of the answers; 5 standard deviations of a binomial distribution are 158.
        assertThat(seen.values()).allSatisfy(times -> assertThat(times).isBetween(1_842, 2_158));
    }

    @Test
    void leavesOutUnhealthyInstancesUntilTheyAreHealthyAgain() {
        register(3);

        cloudMap.health("stock-service", "task-2", false);
        List<String> without = addresses(ask(NAME, Type.A));
        cloudMap.health("stock-service", "task-2", true);

        assertThat(without).containsExactlyInAnyOrder("10.0.1.1", "10.0.1.3");
        assertThat(addresses(ask(NAME, Type.A))).hasSize(3);
    }

    @Test
    void answersUpToEightUnhealthyInstancesWhenNoneIsHealthy() {
        register(10);
        IntStream.rangeClosed(1, 10).forEach(n -> cloudMap.health("stock-service", "task-" + n, false));

        assertThat(addresses(ask(NAME, Type.A))).hasSize(8);
    }

    @Test
    void answersSrvWithTheAddressesOfTheTargetsInTheAdditionalSection() {
        register(2);

        Message answer = ask(NAME, Type.SRV);

        assertThat(answer.getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactlyInAnyOrder("1 1 8081 task-1." + NAME, "1 1 8082 task-2." + NAME);
        assertThat(answer.getSection(Section.ADDITIONAL))
                .extracting(record -> record.getName() + " " + record.rdataToString())
                .containsExactlyInAnyOrder("task-1." + NAME + " 10.0.1.1", "task-2." + NAME + " 10.0.1.2");
    }

    @Test
    void answersTheAddressOfASrvTargetEvenWhenItIsUnhealthy() {
        register(2);
        cloudMap.health("stock-service", "task-1", false);

        assertThat(addresses(ask("task-1." + NAME, Type.A))).containsExactly("10.0.1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "stock-service.trading-platform.local., AAAA",
        "stock-service.trading-platform.local., TXT",
        "task-1.stock-service.trading-platform.local., AAAA",
        "task-1.stock-service.trading-platform.local., SRV",
        "trading-platform.local., A"
    })
    void answersNoDataForATypeThatANameDoesNotHave(String name, String type) {
        register(1);

        Message answer = ask(name, Type.value(type));

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(soa(answer).getTTL()).isEqualTo(300);
    }

    @ParameterizedTest
    @CsvSource({
        "unknown.trading-platform.local.",
        "task-9.stock-service.trading-platform.local.",
        "a.task-1.stock-service.trading-platform.local."
    })
    void answersNxdomainWithTheSoaOfTheNamespaceForANameThatDoesNotExist(String name) {
        register(1);

        Message answer = ask(name, Type.A);

        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(soa(answer).getName()).isEqualTo(namespace.name());
    }

    @Test
    void answersNxdomainForAServiceWhoseLastInstanceIsDeregistered() {
        register(1);

        cloudMap.deregister("stock-service", "task-1");

        assertThat(ask(NAME, Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void answersNoDataForANameBetweenAServiceAndTheNamespace() {
        cloudMap.register("_stock._tcp", "task-1", ip(1), 80);

        assertThat(ask("_tcp.trading-platform.local.", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask("_stock._tcp.trading-platform.local.", Type.SRV).getSection(Section.ANSWER))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "example.org., A, IN",
        "local., A, IN",
        "stock-service.trading-platform.local., A, CH",
        "trading-platform.local., AXFR, IN"
    })
    void refusesQueriesOutsideItsNamespace(String name, String type, String dclass) {
        register(1);

        Message answer = cloudMap.answer(query(name, Type.value(type), DClass.value(dclass)));

        assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void answersUpdatesWithNotimp() {
        Message update = Message.newUpdate(namespace.name());

        assertThat(cloudMap.answer(update).getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(cloudMap.answer(update).getHeader().getOpcode()).isEqualTo(Opcode.UPDATE);
    }

    @Test
    void answersFormatErrorToAQueryWithoutOneQuestion() {
        Message two = query(NAME, Type.A, DClass.IN);
        two.addRecord(Record.newRecord(Name.fromConstantString(NAME), Type.SRV, DClass.IN), Section.QUESTION);

        assertThat(cloudMap.answer(two).getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(cloudMap.answer(new Message()).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void comparesNamesWithoutRegardToCaseAndRepeatsTheQuestionUnchanged() {
        register(1);

        Message answer = ask("TASK-1.Stock-Service.trading-platform.LOCAL.", Type.A);

        assertThat(addresses(answer)).hasSize(1);
        assertThat(answer.getSection(Section.ANSWER).getFirst().getName())
                .hasToString("TASK-1.Stock-Service.trading-platform.LOCAL.");
    }

    @Test
    void answersWithTheConfiguredTtls() {
        CloudMap other = CloudMap.of(namespace.withTtl(Duration.ofSeconds(5)).withNegativeTtl(Duration.ofSeconds(7)));

        assertThat(soa(other.answer(query(NAME, Type.A, DClass.IN))).getTTL()).isEqualTo(7);
        assertThatThrownBy(() -> namespace.withTtl(Duration.ofMillis(1_500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ttl: PT1.5S");
    }

    @Test
    void answersAaaaForIpv6Addresses() throws UnknownHostException {
        cloudMap.register("stock-service", "task-4", ip(1), 80);
        cloudMap.register("stock-service", "task-6", InetAddress.getByName("2001:db8::6"), 80);

        Message aaaa = ask(NAME, Type.AAAA);
        Message a = ask(NAME, Type.A);
        Message srv = ask(NAME, Type.SRV);

        assertThat(aaaa.getSection(Section.ANSWER))
                .extracting(Record::rdataToString)
                .containsExactly("2001:db8:0:0:0:0:0:6");
        assertThat(addresses(a)).containsExactly("10.0.1.1");
        assertThat(srv.getSection(Section.ANSWER)).hasSize(2);
        assertThat(srv.getSection(Section.ADDITIONAL))
                .extracting(Record::getType)
                .containsExactlyInAnyOrder(Type.A, Type.AAAA);
        assertThat(ask("task-6." + NAME, Type.AAAA).getSection(Section.ANSWER)).hasSize(1);
        assertThat(ask("task-6." + NAME, Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void namesTheInvalidValueOfAnInstance() {
        InetAddress ip = ip(1);

        assertThatThrownBy(() -> cloudMap.register("s", "two.labels", ip, 80)).hasMessageContaining("two.labels");
        assertThatThrownBy(() -> cloudMap.register("s", "id", ip, 0)).hasMessageContaining("port: 0");
        assertThatThrownBy(() -> cloudMap.register("a..b", "id", ip, 80)).hasMessageContaining("a..b");
    }

    @Test
    void answersCompleteSetsWhileInstancesAreRegisteredAndDeregistered() throws Exception {
        register(4);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = threads.submit(() -> IntStream.range(0, 2_000).forEach(n -> {
                cloudMap.deregister("stock-service", "task-4");
                register(4);
            }));
            var answers = threads.submit(() -> IntStream.range(0, 2_000)
                    .map(n -> addresses(ask(NAME, Type.A)).size())
                    .allMatch(size -> size == 3 || size == 4));

            changes.get();
            assertThat(answers.get()).isTrue();
        }
    }

    private void register(int count) {
        for (int n = 1; n <= count; n++) {
            cloudMap.register("stock-service", "task-" + n, ip(n), 8080 + n);
        }
    }

    private static InetAddress ip(int lastByte) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 1, (byte) lastByte});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private Message ask(String name, int type) {
        return cloudMap.answer(query(name, type, DClass.IN));
    }

    private static Message query(String name, int type, int dclass) {
        return Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, dclass));
    }

    private static List<String> addresses(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .map(record -> ((ARecord) record).getAddress().getHostAddress())
                .toList();
    }

    private static SOARecord soa(Message answer) {
        assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
        return (SOARecord) answer.getSection(Section.AUTHORITY).getFirst();
    }
}
