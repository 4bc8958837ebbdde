package dev.tradingplatform.local.container;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapInstance;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Shows over HTTP what is registered, unhealthy instances included, which DNS leaves out. */
final class RegistryPage {

    private static final int OK = 200;

    private final CloudMap cloudMap;
    private final List<String> services;

    RegistryPage(CloudMap cloudMap, List<String> services) {
        this.cloudMap = cloudMap;
        this.services = List.copyOf(services);
    }

    /** Serves it at {@code /registry}. */
    HttpServer serve(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/registry", this::answer);
        server.start();
        return server;
    }

    /** Services by name, each a list of instances; names and ids are DNS labels and need no escaping. */
    String json() {
        return services.stream()
                .map(service -> cloudMap.instances(service).stream()
                        .map(RegistryPage::instance)
                        .collect(Collectors.joining(",", "\"" + service + "\":[", "]")))
                .collect(Collectors.joining(",", "{", "}\n"));
    }

    private static String instance(CloudMapInstance instance) {
        return "{\"id\":\"%s\",\"ip\":\"%s\",\"port\":%d,\"healthy\":%s}"
                .formatted(instance.id(), instance.ip().getHostAddress(), instance.port(), instance.healthy());
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = json().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(OK, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
