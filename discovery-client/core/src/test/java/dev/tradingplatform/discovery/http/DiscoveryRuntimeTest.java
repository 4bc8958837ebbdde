package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tradingplatform.discovery.DiscoveryClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DiscoveryRuntimeTest {

    @Test
    void continuesItsMaintenanceWhateverARunThrows() throws IOException {
        AtomicBoolean failing = new AtomicBoolean();
        try (Fleet fleet = Fleet.of(1, Duration.ofSeconds(1));
                DiscoveryClient client = fleet.builder()
                        .connections(connections -> connections.setConnectionConfigResolver(route -> {
                            if (failing.get()) {
                                throw new IllegalStateException("a bug of the application");
                            }
                            return ConnectionConfig.DEFAULT;
                        }))
                        .build()) {
            Fleet.send(client.httpClient(), new HttpGet(Fleet.URL + "/"));
            failing.set(true);
            long before = fleet.dns().queries().count();

            Load.await(() -> fleet.dns().queries().count() > before + 1, "the maintenance has ended");
        }
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                wrong(builder -> builder.namespace("a b"), "namespace: \"a b\""),
                wrong(builder -> builder.service("example.com", settings -> settings), "service: \"example.com\""),
                wrong(builder -> builder.zoneCidrs(List.of("10.0.1.0")), "\"10.0.1.0\""),
                wrong(builder -> builder.maxRecords(0), "maxRecords: 0"),
                wrong(builder -> builder.slowStart(Duration.ofSeconds(-1)), "slowStart: PT-1S"),
                wrong(builder -> builder.nameservers(List.of("ns.example.com")), "ns.example.com"),
                wrong(builder -> builder.defaults(settings -> settings.withDeadline(Duration.ZERO)), "deadline: PT0S"));
    }

    private static Arguments wrong(Consumer<DiscoveryClient.Builder> setting, String message) {
        return Arguments.of(message, setting);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSettings")
    void refusesSettingsThatCannotBeUsed(String message, Consumer<DiscoveryClient.Builder> setting) {
        DiscoveryClient.Builder builder = DiscoveryClient.builder().namespace(Fleet.NAMESPACE);
        setting.accept(builder);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining(message)
                .withMessageContaining("expected");
    }

    @Test
    void needsANamespace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiscoveryClient.builder().build())
                .withMessageStartingWith("namespace: none");
    }

    @Test
    void usesTheDaemonThreadsOfTheSchedulerOnly() {
        try (Fleet fleet = Fleet.of(1)) {
            fleet.getUnchecked();

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("discovery-scheduler"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }
}
