package dev.tradingplatform.local.container;

import dev.tradingplatform.discovery.call.CallPolicy;
import dev.tradingplatform.discovery.call.DiscoverySettings;
import dev.tradingplatform.discovery.call.ServiceCallException;
import dev.tradingplatform.discovery.call.ServiceClient;
import dev.tradingplatform.discovery.call.ServiceRequest;
import dev.tradingplatform.discovery.call.ServiceResponse;
import dev.tradingplatform.local.demo.DemoQuotes;
import dev.tradingplatform.local.replica.StartFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program in the container {@code demo-quotes}: brings the demo quotes into a platform that has none at all, and
 * ends. Calls by name, as every service does.
 */
public final class DemoQuotesContainer {

    private static final String STOCK_SERVICE = "http://stock-service/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 250;
    private static final int OK = 200;

    private DemoQuotesContainer() {}

    /** Ends with status 1, and a sentence, if the quotes could not be brought in. */
    public static void main(String[] arguments) throws InterruptedException {
        DiscoverySettings settings = DiscoverySettings.inNamespace(
                        Settings.of(System.getenv()).namespace())
                .withCalls(CallPolicy.withDeadline(PATIENCE));
        try (ServiceClient client = ServiceClient.of(settings)) {
            String tickers = patiently(client, ServiceRequest.get(STOCK_SERVICE + "/tickers?limit=1"));
            if (tickers.contains("\"count\":0")) {
                String summary = patiently(client, importOf(DemoQuotes.csv()));
                System.out.println("Demo quotes, from a random walk: " + summary);
            } else {
                System.out.println("There are quotes already: " + tickers);
            }
        } catch (ServiceCallException | StartFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** A PUT in all but name: the same quotes sent twice are stored once. */
    private static ServiceRequest importOf(String csv) {
        return ServiceRequest.of(
                "POST",
                URI.create(STOCK_SERVICE + "/data"),
                Map.of("Content-Type", List.of("text/csv"), "Idempotency-Key", List.of("demo-quotes")),
                csv.getBytes(StandardCharsets.UTF_8));
    }

    /** At the first start the replicas may be ready before Cloud Map knows of them. */
    private static String patiently(ServiceClient client, ServiceRequest request) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try (ServiceResponse response = client.send(request)) {
                if (response.status() == OK || System.nanoTime() - deadline > 0) {
                    return expected(response);
                }
            } catch (ServiceCallException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static String expected(ServiceResponse response) {
        if (response.status() != OK) {
            throw new StartFailure("The demo quotes were not stored: %s answered %d: %s"
                    .formatted(response.endpoint(), response.status(), response.text()));
        }
        return response.text();
    }
}
