package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Type;

/** Scenario: 500 callers of 50 names whose TTLs end at the same time. */
@Timeout(60)
class SharedLookupTest {

    private static final int NAMES = 50;
    private static final int CALLERS = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final ConcurrentLinkedQueue<Runnable> lookups = new ConcurrentLinkedQueue<>();

    @Test
    void sendsOneQueryPerNameTypeAndTtlWhateverTheNumberOfCallers() throws Exception {
        try (ZoneServer zone = zone();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            DnsResolver resolver = zone.resolver(RecordType.SRV, ZoneServer.IPV4);
            List<CachedResolution> names = new ArrayList<>();
            for (int name = 0; name < NAMES; name++) {
                ServiceName service = new ServiceName("s" + name + ".zone");
                names.add(new CachedResolution(
                        () -> resolver.resolve(service, ZoneServer.URL_PORT),
                        () -> "stock",
                        CachePolicy.DEFAULT,
                        clock,
                        new Random(name),
                        lookups::add,
                        outcome -> {},
                        Wait.REAL_TIME));
            }
            for (int ttl = 1; ttl <= 3; ttl++) {
                List<Future<Resolution>> answers = callTogether(callers, names);
                runLookups(ttl == 1);
                for (Future<Resolution> answer : answers) {
                    assertThat(answer.get()).isInstanceOf(Resolution.Found.class);
                }
                runLookups(false);
                assertThat(lookups).isEmpty();
                for (int name = 0; name < NAMES; name++) {
                    assertThat(zone.server().queries().count("s" + name + ".zone", Type.SRV))
                            .isEqualTo(ttl);
                    assertThat(zone.server().queries().count("task" + name + ".zone", Type.A))
                            .isEqualTo(ttl);
                }
                clock.advance(Duration.ofSeconds(64));
            }
        }
    }

    private static ZoneServer zone() {
        ZoneServer zone = new ZoneServer();
        for (int name = 0; name < NAMES; name++) {
            zone.with("s" + name, 60, Type.SRV, "1 1 8080 task" + name)
                    .with("task" + name, 60, Type.A, "10.0.1." + (name + 1));
        }
        return zone;
    }

    /** Returns when each caller is about to call. */
    private static List<Future<Resolution>> callTogether(ExecutorService callers, List<CachedResolution> names)
            throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(CALLERS);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Resolution>> answers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            CachedResolution name = names.get(caller % NAMES);
            answers.add(callers.submit(() -> {
                ready.countDown();
                go.await();
                return name.get(TIMEOUT);
            }));
        }
        ready.await();
        go.countDown();
        return answers;
    }

    /**
     * Runs one lookup after the other, so that on a busy machine no query times out and is sent twice.
     *
     * @param first whether callers wait for these lookups, one for each name
     */
    private void runLookups(boolean first) {
        int ran = 0;
        while (first ? ran < NAMES : !lookups.isEmpty()) {
            Runnable lookup = lookups.poll();
            if (lookup == null) {
                Thread.onSpinWait();
            } else {
                lookup.run();
                ran++;
            }
        }
    }
}
