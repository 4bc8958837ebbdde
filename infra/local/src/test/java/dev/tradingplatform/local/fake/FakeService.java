package dev.tradingplatform.local.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes the services' command lines, is ready at once, and appends what is posted to its database file. */
public final class FakeService {

    private FakeService() {}

    /** Runs until killed. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = Arrays.stream(arguments)
                .map(argument -> argument.substring(2).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        System.out.println("started with " + options);
        HttpServer server = HttpServer.create(
                new InetSocketAddress(options.get("server.address"), Integer.parseInt(options.get("server.port"))), 0);
        server.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/api/v1/data", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Files.write(
                    Path.of(options.get("stock.database.file")),
                    body,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            byte[] answer = "{\"inserted\":3750}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }
}
