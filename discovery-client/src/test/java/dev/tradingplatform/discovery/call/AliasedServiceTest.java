package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.endpoint.RecordType;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;

/** A name that is an alias (CNAME) of a service's: whoever answers there names the service and not the alias. */
class AliasedServiceTest {

    private static final Name QUOTES = Name.fromConstantString("quotes.trading-platform.local.");
    private static final Name STOCK = Name.fromConstantString("stock-service.trading-platform.local.");

    private final CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
    private final List<Backend> backends = new ArrayList<>();
    private DnsServer dns;

    @BeforeEach
    void start() throws IOException {
        dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, this::answer);
        for (String task : List.of("task1", "task2")) {
            Backend backend = Backend.start(InetAddress.getLoopbackAddress(), 0);
            backends.add(backend.behave(
                    BackendBehaviour.answering(200, backend.name(), "Discovery-Service: stock-service")));
            cloudMap.register(
                    "stock-service",
                    task,
                    backend.address().getAddress(),
                    backend.address().getPort());
        }
    }

    private Message answer(Message query) {
        if (!query.getQuestion().getName().equals(QUOTES)) {
            return cloudMap.answer(query);
        }
        Message alias = new Message(query.getHeader().getID());
        alias.getHeader().setFlag(Flags.QR);
        alias.addRecord(query.getQuestion(), Section.QUESTION);
        alias.addRecord(new CNAMERecord(QUOTES, DClass.IN, 60, STOCK), Section.ANSWER);
        return alias;
    }

    @AfterEach
    void stop() {
        backends.forEach(Backend::close);
        dns.close();
    }

    private ServiceClient client(RecordType record) {
        return ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local")
                .withNameservers("127.0.0.1:" + dns.address().getPort())
                .withLoopback()
                .withRecord(record)
                .withCalls(CallPolicy.withDeadline(Duration.ofSeconds(10))));
    }

    private static String get(ServiceClient client, String uri) {
        try (ServiceResponse response = client.send(ServiceRequest.get(uri))) {
            return response.text();
        }
    }

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void isAnsweredByTheServiceItIsAnAliasOf(RecordType record) {
        int port = backends.getFirst().address().getPort();
        cloudMap.deregister("stock-service", "task2");
        try (ServiceClient client = client(record)) {
            for (int call = 0; call < 5; call++) {
                assertThat(get(client, "http://quotes:" + port + "/"))
                        .isEqualTo(backends.getFirst().name());
            }
        }
    }

    @Test
    void isNotAnsweredByAThirdService() {
        backends.getFirst()
                .behave(BackendBehaviour.answering(200, "a stranger's", "Discovery-Service: signal-service"));
        try (ServiceClient client = client(RecordType.SRV)) {
            for (int call = 0; call < 20; call++) {
                assertThat(get(client, "http://quotes/"))
                        .isEqualTo(backends.get(1).name());
            }
        }
    }

    @Test
    void isNotWhatTheServiceItselfIsCalled() {
        backends.getFirst().behave(BackendBehaviour.answering(200, "a stranger's", "Discovery-Service: quotes"));
        try (ServiceClient client = client(RecordType.SRV)) {
            for (int call = 0; call < 20; call++) {
                assertThat(get(client, "http://stock-service/"))
                        .isEqualTo(backends.get(1).name());
            }
        }
    }
}
