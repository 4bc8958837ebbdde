package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.balance.Cidr;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.EndpointStatus;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import dev.tradingplatform.discovery.testkit.DnsFault;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What stands around the attempts: bounds for a whole service, hedging, the zone. */
class GuardAndHedgeTest {

    private static final CallPolicy POLICY = CallPolicy.withDeadline(Duration.ofSeconds(2));

    @Test
    void letsOnlySoManyCallsBeUnderWay() throws Exception {
        try (Fleet fleet = Fleet.of(1, POLICY.withMostConcurrentCalls(1))) {
            fleet.get();
            fleet.backend(0).behave(BackendBehaviour.silent());
            CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> outcome(fleet));
            Load.await(() -> inFlight(fleet) == 1, "not under way");

            assertThatExceptionOfType(ServiceCallException.Rejected.class)
                    .isThrownBy(fleet::get)
                    .withMessage("stock-service.trading-platform.local was not called: 1 calls are under way already");

            assertThat(first.get(10, TimeUnit.SECONDS))
                    .as("its attempt ran into the time limit")
                    .isInstanceOf(ServiceCallException.AttemptsExhausted.class);
        }
    }

    @Test
    void limitsTheTimeOfOneServicesCallsWithoutLimitingTheOthers() {
        try (Fleet fleet = Fleet.of(1, POLICY);
                ServiceClient client = ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local")
                        .withNameservers("127.0.0.1:" + fleet.dns().address().getPort())
                        .withLoopback()
                        .withDeadline(Fleet.SERVICE, Duration.ofMillis(300)))) {
            fleet.get();
            fleet.backend(0).behave(BackendBehaviour.silent());
            long begun = System.nanoTime();

            assertThatExceptionOfType(ServiceCallException.DeadlineExceeded.class)
                    .isThrownBy(() -> client.send(ServiceRequest.of(
                            "POST", URI.create("http://stock-service/orders"), Map.of(), new byte[0])))
                    .withMessageContaining("did not answer within 300 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(300), Duration.ofMillis(1_900));

            DiscoverySettings settings = DiscoverySettings.inNamespace("trading-platform.local")
                    .withDeadline("stock-service", Duration.ofSeconds(1));
            assertThat(settings.calls(new ServiceName("stock-service.trading-platform.local")))
                    .isEqualTo(CallPolicy.withDeadline(Duration.ofSeconds(1)));
            assertThat(settings.calls(new ServiceName("other.trading-platform.local")))
                    .isEqualTo(CallPolicy.DEFAULT);
        }
    }

    @Test
    void doesNotBlameAnEndpointForATimeThatIsTooShortForAnyone() {
        CallPolicy roomForOne = new CallPolicy(
                Duration.ofSeconds(4), Duration.ofMillis(3_200), Duration.ofMillis(250), 3, 10, Duration.ZERO);
        try (Fleet fleet = Fleet.of(2, roomForOne)) {
            for (int warm = 0; warm < 20; warm++) {
                fleet.get();
            }
            fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.silent()));

            assertThatExceptionOfType(ServiceCallException.DeadlineExceeded.class)
                    .isThrownBy(fleet::get)
                    .satisfies(failure -> assertThat(failure.attempts()).hasSize(2));

            assertThat(states(fleet))
                    .as("the second one had a quarter of the usual time")
                    .containsExactlyInAnyOrder(EndpointState.EJECTED, EndpointState.ACTIVE);
        }
    }

    @Test
    void doesNotBlameAnEndpointWhoseCallerIsInterrupted() throws Exception {
        try (Fleet fleet = Fleet.of(1, POLICY)) {
            fleet.get();
            fleet.backend(0).behave(BackendBehaviour.silent());
            Thread caller = Thread.ofVirtual()
                    .start(() -> assertThatExceptionOfType(ServiceCallException.class)
                            .isThrownBy(fleet::get)
                            .withMessageContaining("interrupted"));
            Load.await(() -> inFlight(fleet) == 1, "not under way");

            caller.interrupt();
            caller.join();

            assertThat(states(fleet)).containsExactly(EndpointState.ACTIVE);
            assertThat(inFlight(fleet)).isZero();
            assertThat(fleet.attemptsThatFailed()).isZero();
        }
    }

    private static List<EndpointState> states(Fleet fleet) {
        return fleet.client().status().getFirst().endpoints().stream()
                .map(EndpointStatus::state)
                .toList();
    }

    private static int inFlight(Fleet fleet) {
        return fleet.client().status().getFirst().endpoints().getFirst().inFlight();
    }

    @Test
    void failsAtOnceWhileHardlyAnyCallIsAnsweredAndComesBackWithinTwoSeconds() {
        try (Fleet fleet = Fleet.of(2, POLICY)) {
            fleet.get();
            fleet.backends().forEach(Backend::refuse);
            Load.await(() -> outcome(fleet) instanceof ServiceCallException.Rejected, "the breaker does not open");

            fleet.backends().forEach(Backend::open);
            long begun = System.nanoTime();
            Load.await(() -> outcome(fleet).equals("answered"), "no recovery");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void staysOpenToAServiceThatIsBackHoweverSeldomItIsCalled() {
        try (Fleet fleet = Fleet.of(2, POLICY)) {
            fleet.get();
            fleet.backends().forEach(Backend::refuse);
            Load.await(() -> outcome(fleet) instanceof ServiceCallException.Rejected, "the breaker does not open");
            fleet.backends().forEach(Backend::open);
            Load.await(() -> outcome(fleet).equals("answered"), "no recovery");

            try (Load load = Load.of(1, () -> {
                Load.pause(Duration.ofMillis(500));
                return fleet.get();
            })) {
                load.goOnFor(8);
                assertThat(load.failures()).isEmpty();
            }
        }
    }

    @Test
    void saysThatANameHasNoEndpointHoweverOftenItIsCalled() {
        try (Fleet fleet = Fleet.of(1, POLICY)) {
            ServiceRequest misspelt = ServiceRequest.get("http://stok-service/");
            for (int call = 0; call < 120; call++) {
                assertThatExceptionOfType(ServiceCallException.NoEndpoint.class)
                        .isThrownBy(() -> fleet.client().send(misspelt));
            }
        }
    }

    @Test
    void doesNotTakeCallsThatAreInterruptedForUnanswered() throws Exception {
        try (Fleet fleet = Fleet.of(1, POLICY)) {
            fleet.get();
            fleet.backend(0).behave(BackendBehaviour.silent());
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < 60; caller++) {
                callers.add(Thread.ofVirtual().start(() -> outcome(fleet)));
            }
            Load.await(() -> inFlight(fleet) == callers.size(), "not under way");
            callers.forEach(Thread::interrupt);
            for (Thread caller : callers) {
                caller.join();
            }

            fleet.backend(0).behave(BackendBehaviour.answering(200, "fine"));
            assertThat(fleet.get()).isEqualTo("fine");
        }
    }

    private static Object outcome(Fleet fleet) {
        try {
            fleet.get();
            return "answered";
        } catch (ServiceCallException failure) {
            return failure;
        }
    }

    @Test
    void asksASecondEndpointWhenTheFirstTakesLong() {
        try (Fleet fleet = Fleet.of(2, POLICY.withHedgeAfter(Duration.ofMillis(50)))) {
            for (int warm = 0; warm < 40; warm++) {
                fleet.get();
            }
            Backend slow = fleet.backend(0);
            slow.behave(BackendBehaviour.answering(200, slow.name()).after(Duration.ofMillis(500)));

            for (int call = 0; call < 20; call++) {
                assertThat(fleet.get()).isEqualTo(fleet.backend(1).name());
            }
            assertThat(slow.executed())
                    .as("asked at least once beside the other")
                    .isNotEmpty();
        }
    }

    @Test
    void doesNotHedgeWhatIsNotAGet() {
        try (Fleet fleet = Fleet.of(2, POLICY.withHedgeAfter(Duration.ofMillis(20)))) {
            fleet.backends()
                    .forEach(backend -> backend.behave(
                            BackendBehaviour.answering(200, "done").after(Duration.ofMillis(200))));

            ServiceRequest post = ServiceRequest.of("POST", URI.create("http://stock-service/"), Map.of(), new byte[0]);
            try (ServiceResponse response = fleet.client().send(post)) {
                assertThat(response.text()).isEqualTo("done");
            }
            assertThat(fleet.backends().stream()
                            .mapToInt(backend -> backend.executed().size())
                            .sum())
                    .isOne();
        }
    }

    @Test
    void failsOverBehindAHedgeToo() {
        try (Fleet fleet = Fleet.of(3, POLICY.withHedgeAfter(Duration.ofMillis(20)))) {
            fleet.backend(0).refuse();
            fleet.backend(1).behave(BackendBehaviour.answering(503, "no"));

            for (int call = 0; call < 20; call++) {
                assertThat(fleet.get()).isEqualTo(fleet.backend(2).name());
            }
        }
    }

    @Test
    void learnsTheOwnSubnetFromTheTaskMetadata() {
        String metadata = """
                {"Cluster":"c","AvailabilityZone":"eu-west-1b","Containers":[{"Networks":[{"NetworkMode":"awsvpc",
                 "IPv4Addresses":["10.0.2.106"], "IPv4SubnetCIDRBlock" : "10.0.2.0/24"}]},
                 {"Networks":[{"IPv4SubnetCIDRBlock":"10.0.2.0/24"}]}]}""";
        try (Backend agent = Backend.start(InetAddress.getLoopbackAddress(), 0)) {
            agent.behave(BackendBehaviour.answering(200, metadata));
            Map<String, String> environment =
                    Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://" + agent.name() + "/v4/abc");

            assertThat(EcsTaskMetadata.subnets(environment)).containsExactly(new Cidr("10.0.2.0/24"));
            assertThat(agent.executed().getFirst().path()).isEqualTo("/v4/abc/task");

            agent.behave(BackendBehaviour.answering(500, "no"));
            assertThat(EcsTaskMetadata.subnets(environment)).isEmpty();
            agent.refuse();
            assertThat(EcsTaskMetadata.subnets(environment)).isEmpty();
        }
        assertThat(EcsTaskMetadata.subnets(Map.of())).isEmpty();
    }

    @Test
    void goesOnWithEndpointsThatAnswerWhenDnsSaysThatThereAreNone() {
        try (Fleet fleet = Fleet.of(2, Duration.ofSeconds(1))) {
            fleet.get();
            fleet.dns().fault(DnsFault.noData());
            Load.await(
                    () -> {
                        fleet.get();
                        return fleet.client().status().getFirst().problem().contains("NODATA");
                    },
                    "DNS is not asked");
            assertThat(fleet.get()).isNotEmpty();
        }
    }
}
