package dev.tradingplatform.local.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Fills an empty database with the demo quotes, once: quotes that were deleted since do not come back.
 *
 * <p>A start that was interrupted before the quotes were in counts as none.
 */
public final class FirstStart {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Path done;

    private FirstStart(Path done) {
        this.done = done;
    }

    /**
     * Looks whether there is a database yet; to be called before anything creates it.
     *
     * @param data the data directory
     * @param database the database's file in it
     */
    public static FirstStart of(Path data, Path database) throws IOException {
        Path done = data.resolve("demo-quotes.done");
        if (!Files.exists(database)) {
            Files.deleteIfExists(done);
        }
        return new FirstStart(done);
    }

    /** Whether the quotes still have to be brought in. */
    public boolean isDue() {
        return !Files.exists(done);
    }

    /**
     * Brings the quotes in.
     *
     * @param stockService any replica
     * @throws IOException if it does not take them; the message says why
     */
    public void fill(HttpClient http, InetSocketAddress stockService) throws IOException, InterruptedException {
        URI uri = URI.create("http://%s:%d/api/v1/data"
                .formatted(stockService.getAddress().getHostAddress(), stockService.getPort()));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(DemoQuotes.csv()))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("%s answered %d: %s".formatted(uri, response.statusCode(), response.body()));
        }
        Files.createFile(done);
    }
}
