package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * All endpoints are replaced at once, behind a resolver that repeats its answer until the TTL ends, as the one of a VPC
 * does. No client can know the new endpoints before.
 */
class CachingResolverTest {

    private static final Duration TTL = Duration.ofSeconds(60);

    private final ManualClock resolverClock = new ManualClock();
    private Fleet fleet = Fleet.of(0);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(Duration deadline) throws Exception {
        fleet.close();
        fleet = Fleet.of(3, TTL, settings -> settings.withDeadline(deadline));
        fleet.dns().handler(fleet.cloudMap().cached(resolverClock));
        fleet.get();
    }

    private List<String> replaceAll() {
        List<Backend> old = List.copyOf(fleet.backends());
        old.forEach(fleet::deregister);
        List<String> added =
                List.of(fleet.add().name(), fleet.add().name(), fleet.add().name());
        old.forEach(Backend::refuse);
        return added;
    }

    private long lookups() {
        return fleet.dns().queries().count();
    }

    @Test
    void aCallWaitsUntilTheCachedAnswerEnds() throws Exception {
        start(Duration.ofSeconds(20));
        List<String> added = replaceAll();
        long before = lookups();

        CompletableFuture<String> call = CompletableFuture.supplyAsync(fleet::getUnchecked);
        Load.await(() -> lookups() >= before + 2, "the name is not looked up again");
        assertThat(call).isNotDone();
        resolverClock.advance(TTL);

        assertThat(added).contains(call.get(20, TimeUnit.SECONDS));
    }

    @Test
    void aCallFailsAtItsDeadlineIfTheCachedAnswerLastsLonger() throws Exception {
        start(Duration.ofMillis(1_500));
        replaceAll();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .withMessageContaining("refused the connection");

        resolverClock.advance(TTL.minusSeconds(1));
        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class).isThrownBy(fleet::get);
    }

    @Test
    void theFirstCallAfterTheCachedAnswerEndedSucceeds() throws Exception {
        start(Duration.ofMillis(2_500));
        List<String> added = replaceAll();
        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class).isThrownBy(fleet::get);

        resolverClock.advance(TTL);

        assertThat(added).contains(fleet.get());
    }
}
