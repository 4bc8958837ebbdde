package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.test.DnsFault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;

/**
 * Calls while DNS fails and the endpoints work. The callers pause between their calls, so all cases run at the same
 * time.
 */
class DnsFaultsUnderLoadTest {

    private static final int CALLERS = 16;

    static Stream<Arguments> dnsFaults() {
        return Stream.of(
                Arguments.of("drops all queries", DnsFault.silence()),
                Arguments.of("answers SERVFAIL", DnsFault.rcode(Rcode.SERVFAIL)),
                Arguments.of("answers NXDOMAIN", DnsFault.rcode(Rcode.NXDOMAIN)),
                Arguments.of("answers without records", DnsFault.noData()));
    }

    // Not of the class: it would run at the same time as other classes, whose times it would disturb.
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "DNS {0} for three TTLs")
    @MethodSource("dnsFaults")
    void noCallFailsWhile(String name, DnsFault fault) {
        try (Fleet fleet = Fleet.of(3, Duration.ofSeconds(1));
                Load load = Load.of(CALLERS, () -> {
                    Load.pause(Duration.ofMillis(20));
                    return fleet.get();
                })) {
            load.continueFor(300);
            fleet.dns().fault(fault);
            load.continueFor(Duration.ofSeconds(3));
            long begin = System.nanoTime();
            load.continueFor(300);

            assertThat(load.failures()).as(name).isEmpty();
            assertThat(load.since(begin)).isNotEmpty();
            assertThat(fleet.endpoints())
                    .hasSize(3)
                    .extracting(EndpointStatus::state)
                    .doesNotContain(EndpointState.DRAINING, EndpointState.REMOVED);
            assertThat(fleet.client().status().get(0).stale()).isTrue();
        }
    }
}
