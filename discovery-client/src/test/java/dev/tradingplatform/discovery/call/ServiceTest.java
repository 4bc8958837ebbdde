package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.balance.Balancing;
import dev.tradingplatform.discovery.balance.Lease;
import dev.tradingplatform.discovery.balance.Zone;
import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.RecordType;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.resolve.Resolution;
import dev.tradingplatform.discovery.resolve.Surroundings;
import dev.tradingplatform.discovery.resolve.Target;
import dev.tradingplatform.discovery.testkit.ManualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ManualTime time = new ManualTime();
    private final List<Runnable> underWay = new ArrayList<>();
    private boolean dnsAnswersAtOnce = true;
    private Resolution answer = new Resolution.Found(
            List.of(new Target(new Endpoint(InetAddress.getLoopbackAddress(), 80), 1, 1)),
            true,
            Duration.ofSeconds(10),
            "");
    private final Service service = new Service(
            new ServiceName("stock-service.zone"),
            80,
            new Service.Context(
                    (_, _) -> answer,
                    new Balancing(new Zone(List.of()), Duration.ZERO),
                    DiscoverySettings.inNamespace("zone"),
                    DiscoveryListener.NONE,
                    new Surroundings(time, time, new Random(1), this::lookUp)));

    private void lookUp(Runnable lookup) {
        if (dnsAnswersAtOnce) {
            lookup.run();
        } else {
            underWay.add(lookup);
        }
    }

    private void awaitEndpoints() throws InterruptedException {
        service.awaitEndpoints(time.getAsLong() + PATIENCE.toNanos());
    }

    private void call() throws InterruptedException {
        awaitEndpoints();
        try (Lease lease = service.pool().pick(List.of(), true).orElseThrow()) {
            lease.succeeded();
        }
    }

    @Test
    void isInUseForFiveMinutesAfterACall() throws InterruptedException {
        call();
        time.advance(Duration.ofSeconds(299));
        assertThat(service.status(RecordType.SRV).inUse()).isTrue();

        time.advance(Duration.ofSeconds(1));
        assertThat(service.status(RecordType.SRV).inUse()).isFalse();

        call();
        assertThat(service.status(RecordType.SRV).inUse()).isTrue();
    }

    @Test
    void doesNotWaitForDnsHoweverLongItFailsWhileEndpointsAnswer() throws InterruptedException {
        call();
        answer = new Resolution.Unavailable("no answer");
        for (int seconds = 0; seconds < Duration.ofMinutes(40).toSeconds(); seconds += 20) {
            time.advance(Duration.ofSeconds(20));
            call();
        }
        dnsAnswersAtOnce = false;
        time.advance(Duration.ofSeconds(20));

        long begun = System.nanoTime();
        call();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE.dividedBy(2));
        assertThat(underWay).as("asked all the same").hasSize(1);
    }
}
