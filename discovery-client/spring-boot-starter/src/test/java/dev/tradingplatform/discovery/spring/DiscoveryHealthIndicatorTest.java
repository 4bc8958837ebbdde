package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceActivity;
import dev.tradingplatform.discovery.ServiceStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class DiscoveryHealthIndicatorTest {

    private static Health health(boolean inUse) {
        ServiceStatus withoutEndpoints = new ServiceStatus(
                "stok-service.zone",
                RecordType.SRV,
                inUse,
                false,
                Duration.ZERO,
                "NXDOMAIN",
                new ServiceActivity(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                List.of());
        return Objects.requireNonNull(new DiscoveryHealthIndicator(() -> List.of(withoutEndpoints)).health());
    }

    @Test
    void isDownWhileAServiceInUseHasNoEndpoint() {
        Health health = health(true);

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsOnlyKeys("stok-service.zone");
    }

    @Test
    void isUpAgainWhenTheServiceIsNotCalledAnyMore() {
        Health health = health(false);

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).isEmpty();
    }
}
