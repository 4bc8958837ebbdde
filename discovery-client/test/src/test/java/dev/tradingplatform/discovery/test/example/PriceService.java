package dev.tradingplatform.discovery.test.example;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Reads prices from stock-service. Finds its endpoints in SRV records and calls one after another until one answers.
 */
final class PriceService {

    private static final Name STOCK_SERVICE = Name.fromConstantString("stock-service.trading-platform.local.");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimpleResolver resolver;

    PriceService(InetSocketAddress nameserver) {
        resolver = new SimpleResolver(nameserver);
        resolver.setTimeout(Duration.ofSeconds(1));
    }

    String price(String ticker) throws IOException, InterruptedException {
        IOException failure = new IOException("stock-service has no endpoint");
        for (String endpoint : endpoints()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + endpoint + "/prices/" + ticker))
                    .timeout(Duration.ofMillis(500))
                    .build();
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return response.body();
                }
                failure = new IOException(endpoint + " answered " + response.statusCode());
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private List<String> endpoints() throws IOException {
        Message answer = resolver.send(Message.newQuery(Record.newRecord(STOCK_SERVICE, Type.SRV, DClass.IN)));
        return answer.getSection(Section.ANSWER).stream()
                .map(SRVRecord.class::cast)
                .map(srv -> address(answer, srv.getTarget()) + ":" + srv.getPort())
                .toList();
    }

    private static String address(Message answer, Name target) {
        return answer.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getName().equals(target) && record instanceof ARecord)
                .map(Record::rdataToString)
                .findFirst()
                .orElseThrow();
    }
}
