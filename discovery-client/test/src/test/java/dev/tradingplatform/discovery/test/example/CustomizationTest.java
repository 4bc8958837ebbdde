package dev.tradingplatform.discovery.test.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.DnsHandler;
import dev.tradingplatform.discovery.test.DnsZone;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class CustomizationTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

    private final PriceService prices = new PriceService(CLOUD_MAP.dns().address());

    /** Records of every type: a zone in addition to the namespace of Cloud Map. */
    @Test
    void answersOtherRecordTypes() throws IOException {
        DnsZone zone = DnsZone.of("settings.local")
                .add("stock", Type.TXT, Duration.ofSeconds(30), "version=2")
                .add("alias", Type.CNAME, Duration.ofSeconds(30), "stock");
        CLOUD_MAP.dns().handler(CLOUD_MAP.cloudMap().orElse(zone));

        assertThat(answer("alias.settings.local.", Type.TXT)).hasSize(2);
        assertThat(answer("stock.trading-platform.local.", Type.TXT)).isEmpty();
    }

    /** A handler that changes the answers of another one. */
    @Test
    void wrapsTheRegistry() throws IOException {
        CLOUD_MAP.backend("stock-service");
        DnsHandler withText = query -> {
            Message answer = CLOUD_MAP.cloudMap().answer(query);
            answer.addRecord(
                    new TXTRecord(query.getQuestion().getName(), DClass.IN, 0, "answered by a test"), Section.ANSWER);
            return answer;
        };
        CLOUD_MAP.dns().handler(withText);

        assertThat(answer("stock-service.trading-platform.local.", Type.SRV)).hasSize(2);
    }

    /** A DNS fault with a state: the first query is lost. */
    @Test
    void losesTheFirstQuery() throws Exception {
        CLOUD_MAP.backend("stock-service").behave(BackendBehaviour.answering(200, "101.25"));
        AtomicInteger queries = new AtomicInteger();
        DnsFault loss = exchange ->
                queries.getAndIncrement() == 0 ? List.of() : DnsFault.none().replies(exchange);
        CLOUD_MAP.dns().fault(loss.onlyFor(question -> question.getType() == Type.SRV));

        // Two timers of dnsjava end at the same time, each with a message of its own.
        assertThatThrownBy(() -> prices.price("TICKER_1")).hasMessageMatching("(?i).*timed out.*");
        assertThat(prices.price("TICKER_1")).isEqualTo("101.25");
    }

    /** A faulty backend: its status is not a number. */
    @Test
    void sendsAMalformedStatus() {
        Backend stock = CLOUD_MAP.backend("stock-service");
        stock.behave(connection -> {
            connection.execute();
            connection.write("HTTP/1.1 OK OK\r\nContent-Length: 6\r\n\r\n101.25");
            return true;
        });

        assertThatThrownBy(() -> prices.price("TICKER_1")).isInstanceOf(IOException.class);
        assertThat(stock.executed()).hasSize(1);
    }

    private static List<Record> answer(String name, int type) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromConstantString(name), type, DClass.IN));
        Message answer = new SimpleResolver(CLOUD_MAP.dns().address()).send(query);
        assertThat(answer.getRcode()).isIn(Rcode.NOERROR, Rcode.NXDOMAIN);
        return answer.getSection(Section.ANSWER);
    }
}
