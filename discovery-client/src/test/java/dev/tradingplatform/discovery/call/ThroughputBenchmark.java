package dev.tradingplatform.discovery.call;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * What the library costs: calls per second of sixteen callers to three servers, through it and through the bare HTTP
 * client that it uses, in turn and in the same process. Prints each round's ratio; run it by hand: {@code java -cp …
 * dev.tradingplatform.discovery.call.ThroughputBenchmark}.
 */
final class ThroughputBenchmark {

    private static final int CALLERS = 16;
    private static final int ROUNDS = 8;
    private static final Duration ROUND = Duration.ofSeconds(3);

    private ThroughputBenchmark() {}

    private interface Caller {
        void call(int index) throws IOException;
    }

    /** Takes no arguments and about a minute. */
    public static void main(String[] args) throws Exception {
        try (Fleet fleet = Fleet.of(3);
                CloseableHttpClient bare = HttpClients.custom()
                        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnPerRoute(CALLERS)
                                .setMaxConnTotal(3 * CALLERS)
                                .build())
                        .disableAutomaticRetries()
                        .build()) {
            List<String> urls = fleet.backends().stream()
                    .map(backend -> "http://" + backend.name() + "/api")
                    .toList();
            for (int round = 1; round <= ROUNDS; round++) {
                double plain = perSecond(index -> bare.execute(
                        new HttpGet(urls.get(index % 3)), response -> EntityUtils.toString(response.getEntity())));
                double discovered = perSecond(_ -> fleet.get());
                System.out.printf(
                        Locale.ROOT,
                        "round %d: bare %.0f/s, discovery-client %.0f/s, ratio %.2f%n",
                        round,
                        plain,
                        discovered,
                        discovered / plain);
            }
        }
    }

    private static double perSecond(Caller caller) throws InterruptedException {
        LongAdder calls = new LongAdder();
        AtomicBoolean ended = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        long begun = System.nanoTime();
        for (int index = 0; index < CALLERS; index++) {
            int first = index;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int call = first; !ended.get(); call++) {
                    try {
                        caller.call(call);
                        calls.increment();
                    } catch (IOException failure) {
                        throw new AssertionError(failure);
                    }
                }
            }));
        }
        Load.pause(ROUND);
        ended.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        return calls.sum() * 1e9 / (System.nanoTime() - begun);
    }
}
