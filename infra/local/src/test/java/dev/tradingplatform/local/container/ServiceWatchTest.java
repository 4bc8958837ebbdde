package dev.tradingplatform.local.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapInstance;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class ServiceWatchTest {

    private static final String STOCK = "stock-service";

    private final CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
    private final Set<String> present = new TreeSet<>();
    private final Set<String> healthy = new ConcurrentSkipListSet<>();
    private final AtomicInteger ids = new AtomicInteger();
    private boolean dockerAnswers = true;
    private final ServiceWatch watch = new ServiceWatch(
            STOCK,
            cloudMap,
            this::membership,
            address -> healthy.contains(address.getAddress().getHostAddress()),
            () -> "id-" + ids.incrementAndGet());

    @BeforeEach
    void startThreeReplicas() throws InterruptedException {
        start("10.0.1.101", "10.0.1.102", "10.0.1.103");
        watch.look();
    }

    @Test
    void registersReplicasThatPassTheirFirstCheck() {
        assertThat(answered(Type.A)).containsExactlyInAnyOrder("10.0.1.101", "10.0.1.102", "10.0.1.103");
        assertThat(answered(Type.SRV))
                .hasSize(3)
                .allMatch(srv -> srv.matches("1 1 80 id-\\d\\.stock-service\\.trading-platform\\.local\\."));
    }

    @Test
    void doesNotRegisterAReplicaThatIsNotReadyYet() throws InterruptedException {
        present.add("10.0.1.104");
        look(5);

        assertThat(cloudMap.instances(STOCK)).hasSize(3);

        healthy.add("10.0.1.104");
        watch.look();
        assertThat(answered(Type.A)).hasSize(4).contains("10.0.1.104");

        healthy.remove("10.0.1.104");
        watch.look();
        assertThat(answered(Type.A))
                .as("what it failed before it was ready does not count")
                .hasSize(4);
    }

    @Test
    void takesAReplicaOutThatFailsThreeChecksAndBackInWhenItPassesOne() throws InterruptedException {
        healthy.remove("10.0.1.102");
        look(2);
        assertThat(answered(Type.A)).hasSize(3);

        watch.look();
        assertThat(answered(Type.A)).containsExactlyInAnyOrder("10.0.1.101", "10.0.1.103");

        healthy.add("10.0.1.102");
        watch.look();
        assertThat(answered(Type.A)).hasSize(3).contains("10.0.1.102");
    }

    @Test
    void countsOnlyFailuresInARow() throws InterruptedException {
        healthy.remove("10.0.1.102");
        look(2);
        healthy.add("10.0.1.102");
        watch.look();
        healthy.remove("10.0.1.102");
        look(2);

        assertThat(answered(Type.A)).hasSize(3);
    }

    @Test
    void takesAReplicaOutAtOnceThatDockerNoLongerNames() throws InterruptedException {
        present.remove("10.0.1.101");
        watch.look();

        assertThat(answered(Type.A)).containsExactlyInAnyOrder("10.0.1.102", "10.0.1.103");
        assertThat(cloudMap.instances(STOCK)).hasSize(2);
    }

    @Test
    void givesAReplicaThatComesBackAnotherInstanceId() throws InterruptedException {
        String before = idOf("10.0.1.101");
        present.remove("10.0.1.101");
        watch.look();
        present.add("10.0.1.101");
        watch.look();

        assertThat(idOf("10.0.1.101")).isNotEqualTo(before);
    }

    @Test
    void keepsEverybodyWhileDockerDoesNotSayWhoIsThere() throws InterruptedException {
        dockerAnswers = false;
        look(5);

        assertThat(answered(Type.A)).hasSize(3);
    }

    @Test
    void goesOnCheckingWhileDockerDoesNotSayWhoIsThere() throws InterruptedException {
        dockerAnswers = false;
        healthy.remove("10.0.1.103");
        look(3);

        assertThat(answered(Type.A)).containsExactlyInAnyOrder("10.0.1.101", "10.0.1.102");
    }

    @Test
    void followsScalingUpAndDown() throws InterruptedException {
        start("10.0.1.104", "10.0.1.105");
        watch.look();
        assertThat(answered(Type.A)).hasSize(5);
        assertThat(answered(Type.SRV)).hasSize(5);

        present.removeAll(Set.of("10.0.1.103", "10.0.1.104", "10.0.1.105"));
        watch.look();
        assertThat(answered(Type.A)).containsExactlyInAnyOrder("10.0.1.101", "10.0.1.102");
        assertThat(answered(Type.SRV)).hasSize(2);
    }

    @Test
    void ofTwelveReplicasEightAreAnswered() throws InterruptedException {
        start(IntStream.rangeClosed(104, 112).mapToObj(n -> "10.0.1." + n).toArray(String[]::new));
        watch.look();

        assertThat(cloudMap.instances(STOCK)).hasSize(12);
        assertThat(answered(Type.A)).hasSize(8);
        assertThat(answered(Type.SRV)).hasSize(8);
    }

    private void start(String... addresses) {
        present.addAll(List.of(addresses));
        healthy.addAll(List.of(addresses));
    }

    private void look(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    private Set<InetAddress> membership(String service) throws IOException {
        if (!dockerAnswers) {
            throw new IOException("timed out");
        }
        return service.equals(STOCK)
                ? present.stream().map(InetAddress::ofLiteral).collect(Collectors.toSet())
                : Set.of();
    }

    private String idOf(String address) {
        return cloudMap.instances(STOCK).stream()
                .filter(instance -> instance.ip().equals(InetAddress.ofLiteral(address)))
                .map(CloudMapInstance::id)
                .findAny()
                .orElseThrow();
    }

    private List<String> answered(int type) {
        Record question =
                Record.newRecord(Name.fromConstantString(STOCK + ".trading-platform.local."), type, DClass.IN);
        return cloudMap.answer(Message.newQuery(question)).getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }
}
