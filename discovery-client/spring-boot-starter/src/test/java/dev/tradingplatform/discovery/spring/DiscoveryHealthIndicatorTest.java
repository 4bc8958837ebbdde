package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceStatus;
import dev.tradingplatform.discovery.dns.ServiceName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class DiscoveryHealthIndicatorTest {

    private static ServiceStatus withoutEndpoints(boolean inUse) {
        return new ServiceStatus(
                new ServiceName("stok-service.zone"),
                RecordType.SRV,
                inUse,
                false,
                Duration.ZERO,
                "NXDOMAIN",
                List.of());
    }

    @Test
    void isDownWhileAServiceInUseHasNoEndpoint() {
        var health = new DiscoveryHealthIndicator(() -> List.of(withoutEndpoints(true))).health();

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsOnlyKeys("stok-service.zone");
    }

    @Test
    void isUpAgainWhenNobodyCallsItAnyMore() {
        var health = new DiscoveryHealthIndicator(() -> List.of(withoutEndpoints(false))).health();

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).isEmpty();
    }
}
