package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.testkit.DnsFault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;

/** Sixteen callers whose endpoints are well while DNS is not. They mostly wait, so all cases run side by side. */
class DnsFaultsUnderLoadTest {

    private static final int CALLERS = 16;

    static Stream<Arguments> dnsFaults() {
        return Stream.of(
                Arguments.of("drops all queries", DnsFault.silence()),
                Arguments.of("answers SERVFAIL", DnsFault.rcode(Rcode.SERVFAIL)),
                Arguments.of("answers NXDOMAIN", DnsFault.rcode(Rcode.NXDOMAIN)),
                Arguments.of("answers nothing", DnsFault.noData()));
    }

    // Not of the class: it would run beside other classes, whose times it would disturb.
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "DNS {0} for ten ttls")
    @MethodSource("dnsFaults")
    void noCallFailsWhile(String name, DnsFault fault) {
        try (Fleet fleet = Fleet.of(3, Duration.ofSeconds(1));
                Load load = Load.of(CALLERS, () -> {
                    Load.pause(Duration.ofMillis(20));
                    return fleet.get();
                })) {
            load.goOnFor(500);
            fleet.dns().fault(fault);
            load.goOnFor(Duration.ofSeconds(10));
            long begun = System.nanoTime();
            load.goOnFor(500);

            assertThat(load.failures()).as(name).isEmpty();
            assertThat(Load.shares(load.since(begun))).hasSize(3);
            assertThat(fleet.client().status().getFirst().stale()).isTrue();
        }
    }
}
