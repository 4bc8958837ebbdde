package dev.tradingplatform.local.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegistryPageTest {

    @Test
    void showsUnhealthyInstancesToo() throws Exception {
        CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
        cloudMap.register("stock-service", "a1", InetAddress.ofLiteral("10.0.1.101"), 80);
        cloudMap.register("stock-service", "b2", InetAddress.ofLiteral("10.0.1.102"), 80);
        cloudMap.health("stock-service", "b2", false);
        HttpServer server = new RegistryPage(cloudMap, List.of("stock-service", "other"))
                .serve(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/registry");
            HttpResponse<String> response =
                    http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(response.body())
                    .isEqualTo("{\"stock-service\":[{\"id\":\"a1\",\"ip\":\"10.0.1.101\",\"port\":80,\"healthy\":true},"
                            + "{\"id\":\"b2\",\"ip\":\"10.0.1.102\",\"port\":80,\"healthy\":false}],\"other\":[]}\n");
        } finally {
            server.stop(0);
        }
    }
}
