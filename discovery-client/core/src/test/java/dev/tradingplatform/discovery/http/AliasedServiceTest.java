package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.DnsHandler;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** A name that is an alias (CNAME) of a service name: the servers send the name of the service and not the alias. */
class AliasedServiceTest {

    private static final Name QUOTES = Name.fromConstantString("quotes.trading-platform.local.");
    private static final Name STOCK = Name.fromConstantString("stock-service.trading-platform.local.");

    private final Fleet fleet = Fleet.of(2);

    @BeforeEach
    void sendTheName() {
        fleet.backends()
                .forEach(backend -> backend.behave(
                        BackendBehaviour.answering(200, backend.name(), "Discovery-Service: stock-service")));
        fleet.dns().handler(this::answer);
    }

    private Message answer(Message query) {
        if (!query.getQuestion().getName().equals(QUOTES)) {
            return fleet.cloudMap().answer(query);
        }
        Message alias = DnsHandler.response(query, Rcode.NOERROR);
        alias.addRecord(new CNAMERecord(QUOTES, DClass.IN, 60, STOCK), Section.ANSWER);
        return alias;
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private static String get(DiscoveryClient client, String url) throws IOException {
        return Fleet.send(client.httpClient(), new HttpGet(url)).body();
    }

    @ParameterizedTest
    @EnumSource
    void deliversTheResponsesOfTheServiceThatItIsAnAliasOf(RecordType recordType) throws IOException {
        Backend backend = fleet.backend(0);
        fleet.deregister(fleet.backend(1));
        try (DiscoveryClient client = fleet.builder()
                .defaults(settings -> settings.withRecordType(recordType))
                .build()) {
            for (int call = 0; call < 5; call++) {
                assertThat(get(client, "http://quotes:" + backend.address().getPort() + "/"))
                        .isEqualTo(backend.name());
            }
        }
    }

    @Test
    void deliversNoResponseOfAThirdService() throws IOException {
        fleet.backend(0).behave(BackendBehaviour.answering(200, "foreign", "Discovery-Service: signal-service"));

        for (int call = 0; call < 20; call++) {
            assertThat(get(fleet.client(), "http://quotes/"))
                    .isEqualTo(fleet.backend(1).name());
        }
    }

    @Test
    void isNotANameOfTheServiceItself() throws IOException {
        fleet.backend(0).behave(BackendBehaviour.answering(200, "foreign", "Discovery-Service: quotes"));

        for (int call = 0; call < 20; call++) {
            assertThat(get(fleet.client(), "http://stock-service/"))
                    .isEqualTo(fleet.backend(1).name());
        }
    }
}
