package dev.tradingplatform.discovery.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.test.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zone affinity and slow start: what is preferred beyond the load. */
class PreferenceTest {

    private static final Cidr OWN = new Cidr("10.0.1.0/24");

    private final ManualTime time = new ManualTime();

    private EndpointPool pool(List<Cidr> own, Duration slowStart) {
        return new EndpointPool(time, new Random(1), new Balancing(new Zone(own), slowStart));
    }

    private static void answer(EndpointPool pool, String... addresses) {
        List<Target> targets = Stream.of(addresses)
                .map(address -> new Target(new Endpoint(ip(address), 80), 1, 1))
                .toList();
        pool.update(new Resolution.Found(targets, true, Duration.ofSeconds(60), ""));
    }

    private static InetAddress ip(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Map<String, Integer> picks(EndpointPool pool, int calls, List<Lease> keep) {
        Map<String, Integer> counts = new HashMap<>();
        for (int call = 0; call < calls; call++) {
            Lease lease = pool.pick(List.of(), true).orElseThrow();
            counts.merge(lease.endpoint().address().getHostAddress(), 1, Integer::sum);
            keep.add(lease);
        }
        return counts;
    }

    private static Map<String, Integer> picks(EndpointPool pool, int calls) {
        Map<String, Integer> counts = new HashMap<>();
        for (int call = 0; call < calls; call++) {
            try (Lease lease = pool.pick(List.of(), true).orElseThrow()) {
                counts.merge(lease.endpoint().address().getHostAddress(), 1, Integer::sum);
            }
        }
        return counts;
    }

    @Test
    void staysInTheOwnZoneFromSixEndpointsOn() {
        EndpointPool pool = pool(List.of(OWN), Duration.ZERO);
        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.2.2", "10.0.3.1", "10.0.3.2");

        assertThat(picks(pool, 200)).containsOnlyKeys("10.0.1.1", "10.0.1.2");
    }

    @Test
    void isOffBelowSixEndpoints() {
        EndpointPool pool = pool(List.of(OWN), Duration.ZERO);
        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.2.2", "10.0.3.1");

        assertThat(picks(pool, 200)).hasSize(5);
    }

    @Test
    void isOffWhereTheZoneIsNotKnownOrHasNoEndpoint() {
        for (List<Cidr> own : List.of(List.<Cidr>of(), List.of(new Cidr("10.9.0.0/16")))) {
            EndpointPool pool = pool(own, Duration.ZERO);
            answer(pool, "10.0.1.1", "10.0.1.2", "10.0.2.1", "10.0.2.2", "10.0.3.1", "10.0.3.2");

            assertThat(picks(pool, 200)).hasSize(6);
        }
    }

    @Test
    void spillsOverBeforeTheOwnZoneHasClearlyMoreThanItsPart() {
        EndpointPool pool = pool(List.of(OWN), Duration.ZERO);
        answer(pool, "10.0.1.1", "10.0.2.1", "10.0.2.2", "10.0.2.3", "10.0.3.1", "10.0.3.2");
        List<Lease> inFlight = new ArrayList<>();

        Map<String, Integer> counts = picks(pool, 60, inFlight);

        assertThat(counts).hasSize(6);
        assertThat(counts.get("10.0.1.1")).as("of 60, ten would be even").isBetween(11, 16);
        inFlight.forEach(Lease::close);
    }

    @Test
    void givesOneThatJoinsLaterItsShareLittleByLittle() {
        EndpointPool pool = pool(List.of(), Duration.ofSeconds(10));
        answer(pool, "10.0.1.1", "10.0.1.2");
        assertThat(picks(pool, 300).values()).as("the first ones at once").allMatch(count -> count > 100);

        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.1.3");
        List<Lease> inFlight = new ArrayList<>();
        int cold = picks(pool, 90, inFlight).getOrDefault("10.0.1.3", 0);
        inFlight.forEach(Lease::close);
        time.advance(Duration.ofSeconds(5));
        inFlight.clear();
        int lukewarm = picks(pool, 90, inFlight).getOrDefault("10.0.1.3", 0);
        inFlight.forEach(Lease::close);
        time.advance(Duration.ofSeconds(6));
        inFlight.clear();
        int warm = picks(pool, 90, inFlight).getOrDefault("10.0.1.3", 0);
        inFlight.forEach(Lease::close);

        assertThat(cold).isBetween(1, 8);
        assertThat(lukewarm).isBetween(12, 24);
        assertThat(warm).isBetween(27, 33);
    }

    @Test
    void givesOneThatJoinsLaterItsShareLittleByLittleToASingleCallerToo() {
        EndpointPool pool = pool(List.of(), Duration.ofSeconds(10));
        answer(pool, "10.0.1.1", "10.0.1.2");
        answer(pool, "10.0.1.1", "10.0.1.2", "10.0.1.3");

        int cold = picks(pool, 2_100).getOrDefault("10.0.1.3", 0);
        time.advance(Duration.ofSeconds(5));
        int lukewarm = picks(pool, 2_100).getOrDefault("10.0.1.3", 0);
        time.advance(Duration.ofSeconds(6));
        int warm = picks(pool, 2_100).getOrDefault("10.0.1.3", 0);

        assertThat(cold).as("0.1 of 2.1 parts").isBetween(60, 150);
        assertThat(lukewarm).as("0.5 of 2.5 parts").isBetween(340, 500);
        assertThat(warm).as("one of three").isBetween(600, 800);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.1.0/24, 10.0.1.255, true",
        "10.0.1.0/24, 10.0.2.0, false",
        "10.0.1.128/25, 10.0.1.127, false",
        "10.0.1.130/25, 10.0.1.255, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "10.0.1.7/32, 10.0.1.7, true",
        "fd00:1::/32, fd00:1:2::3, true",
        "fd00:1::/32, 10.0.1.1, false"
    })
    void knowsWhatIsInARange(String range, String address, boolean contained) {
        assertThat(new Cidr(range).contains(ip(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.1.0", "10.0.1.0/33", "10.0.1.0/-1", "10.0.1.0/x", "subnet/24", "10.0.1/24/1"})
    void refusesWhatIsNoRange(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cidr(text))
                .withMessageStartingWith("address range: \"" + text + "\" (expected: ");
    }
}
