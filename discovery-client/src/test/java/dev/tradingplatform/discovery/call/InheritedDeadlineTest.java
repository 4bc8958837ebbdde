package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InheritedDeadlineTest {

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }

    @Test
    void callersInAHurryDoNotSpeakAgainstEndpointOrService() {
        try (Fleet fleet = Fleet.of(2)) {
            fleet.get();
            fleet.backends()
                    .forEach(slow ->
                            slow.behave(BackendBehaviour.answering(200, "late").after(Duration.ofMillis(200))));
            for (int call = 0; call < 60; call++) {
                try (var _ = InheritedDeadline.until(in(Duration.ofMillis(10)))) {
                    assertThatExceptionOfType(ServiceCallException.DeadlineExceeded.class)
                            .isThrownBy(fleet::get);
                }
            }

            assertThat(fleet.get()).isEqualTo("late");
            assertThat(fleet.client().status().getFirst().endpoints())
                    .hasSize(2)
                    .allMatch(status -> status.state() == EndpointState.ACTIVE);
        }
    }

    @Test
    void theEarlierOfTwoLimitsHoldsAndTheOuterOneComesBack() {
        long far = in(Duration.ofHours(2));
        long near = in(Duration.ofHours(1));
        long never = in(Duration.ofHours(9));
        try (var _ = InheritedDeadline.until(near)) {
            try (var _ = InheritedDeadline.until(far)) {
                assertThat(InheritedDeadline.earlier(never)).isEqualTo(near);
            }
            assertThat(InheritedDeadline.earlier(never)).isEqualTo(near);
            assertThat(InheritedDeadline.earlier(near - 1)).isEqualTo(near - 1);
        }
        assertThat(InheritedDeadline.earlier(never)).isEqualTo(never);
    }

    @Test
    void anotherThreadInheritsNothing() throws Exception {
        long never = in(Duration.ofHours(9));
        try (var _ = InheritedDeadline.until(in(Duration.ofHours(1)))) {
            assertThat(CompletableFuture.supplyAsync(
                                    () -> InheritedDeadline.earlier(never),
                                    task -> Thread.ofVirtual().start(task))
                            .get(10, TimeUnit.SECONDS))
                    .isEqualTo(never);
        }
    }
}
