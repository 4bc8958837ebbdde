package dev.tradingplatform.local.container;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.local.demo.DemoQuotes;
import dev.tradingplatform.local.replica.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * The program in the container {@code demo-quotes}: brings the demo quotes into a platform that has none at all, and
 * ends. Calls by name, as every service does.
 */
public final class DemoQuotesContainer {

    private static final String STOCK_SERVICE = "http://stock-service/api/v1";
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    private static final long PAUSE_MILLIS = 250;
    private static final int OK = 200;

    private record Answer(int status, String text) {}

    private DemoQuotesContainer() {}

    /** Ends with status 1, and a sentence, if the quotes could not be brought in. */
    public static void main(String[] arguments) throws InterruptedException {
        try (DiscoveryClient discovery = DiscoveryClient.builder()
                .namespace(Settings.of(System.getenv()).namespace())
                .defaults(settings -> settings.withDeadline(MAX_WAIT))
                .build()) {
            HttpClient http = discovery.httpClient();
            String tickers = sendUntilOk(http, new HttpGet(STOCK_SERVICE + "/tickers?limit=1"));
            if (tickers.contains("\"count\":0")) {
                String summary = sendUntilOk(http, importOf(DemoQuotes.csv()));
                System.out.println("Demo quotes, from a random walk: " + summary);
            } else {
                System.out.println("There are quotes already: " + tickers);
            }
        } catch (IOException | StartFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** A PUT in all but name: the same quotes sent twice are stored once. */
    private static ClassicHttpRequest importOf(String csv) {
        HttpPost request = new HttpPost(STOCK_SERVICE + "/data");
        request.setHeader("Idempotency-Key", "demo-quotes");
        request.setEntity(new StringEntity(csv, ContentType.create("text/csv", StandardCharsets.UTF_8)));
        return request;
    }

    /** At the first start the replicas may be ready before Cloud Map knows of them. */
    private static String sendUntilOk(HttpClient http, ClassicHttpRequest request)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                Answer answer = http.execute(
                        request,
                        response -> new Answer(response.getCode(), EntityUtils.toString(response.getEntity())));
                if (answer.status() == OK) {
                    return answer.text();
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new StartFailure("The demo quotes were not stored: stock-service answered %d: %s"
                            .formatted(answer.status(), answer.text()));
                }
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
