package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.EndpointStatus;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import dev.tradingplatform.discovery.testkit.BackendRequest;
import dev.tradingplatform.discovery.testkit.DnsFault;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class FailoverTest {

    private Fleet fleet = Fleet.of(3);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(Fleet other) {
        fleet.close();
        fleet = other;
    }

    private Set<String> names(int calls) {
        Set<String> names = new HashSet<>();
        for (int call = 0; call < calls; call++) {
            names.add(fleet.get());
        }
        return names;
    }

    private ServiceResponse post(String id, Map<String, List<String>> headers) {
        return fleet.client()
                .send(ServiceRequest.of(
                        "POST",
                        URI.create("http://stock-service/orders"),
                        headers,
                        id.getBytes(StandardCharsets.UTF_8)));
    }

    private EndpointStatus status(Backend backend) {
        return fleet.client().status().getFirst().endpoints().stream()
                .filter(status -> status.endpoint().toString().equals(backend.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Asks again and again, at most for ten seconds. */
    private static void until(BooleanSupplier holds) throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        for (int tries = 0; tries < 500; tries++) {
            if (holds.getAsBoolean()) {
                return;
            }
            try {
                never.get(20, TimeUnit.MILLISECONDS);
            } catch (TimeoutException next) {
                // Look again.
            }
        }
        throw new AssertionError("not within ten seconds");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("refuses", Backend::refuse),
                fault("is black-holed", Backend::blackHole),
                fault("freezes after accepting", backend -> backend.behave(BackendBehaviour.silent())),
                fault("answers 503", backend -> backend.behave(BackendBehaviour.answering(503, "no"))),
                fault(
                        "resets in the middle of an answer",
                        backend -> backend.behave(BackendBehaviour.breakingInTheMiddle())),
                fault(
                        "resets before it answers",
                        backend -> backend.behave(BackendBehaviour.breakingAfterExecution())));
    }

    private static Arguments fault(String name, Consumer<Backend> happens) {
        return Arguments.of(name, happens);
    }

    @ParameterizedTest(name = "one of three {0}")
    @MethodSource("faults")
    void noGetFailsWhen(String name, Consumer<Backend> fault) {
        assertThat(names(60)).hasSize(3);

        fault.accept(fleet.backend(0));

        assertThat(names(200))
                .as(name)
                .containsExactlyInAnyOrder(
                        fleet.backend(1).name(), fleet.backend(2).name());
        assertThat(status(fleet.backend(0)).state()).isIn(EndpointState.SUSPECT, EndpointState.EJECTED);
        assertThat(status(fleet.backend(0)).failures())
                .as("attempts that found out")
                .isBetween(1L, 4L);
    }

    @Test
    void comesBackByItselfWhenAnEndpointThatRefusedListensAgain() throws Exception {
        fleet.get();
        fleet.backend(0).refuse();
        until(() -> {
            fleet.get();
            return status(fleet.backend(0)).state() == EndpointState.EJECTED;
        });

        fleet.backend(0).open();

        until(() -> status(fleet.backend(0)).state() == EndpointState.ACTIVE);
        assertThat(names(60)).hasSize(3);
    }

    @Test
    void sendsAPostElsewhereWhenNoConnectionCouldBeMade() {
        fleet.backend(0).refuse();
        fleet.backend(1).refuse();

        for (int call = 0; call < 20; call++) {
            try (ServiceResponse response = post("id" + call, Map.of())) {
                assertThat(response.endpoint()).hasToString(fleet.backend(2).name());
            }
        }
        assertThat(fleet.backend(2).executed())
                .extracting(BackendRequest::body)
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @Test
    void sendsAPostElsewhereWhenAStoppedTaskDropsItsPackets() {
        fleet.backend(0).blackHole();
        fleet.backend(1).blackHole();

        for (int call = 0; call < 20; call++) {
            long begun = System.nanoTime();
            try (ServiceResponse response = post("id" + call, Map.of())) {
                assertThat(response.endpoint()).hasToString(fleet.backend(2).name());
            }
            // Two connect timeouts of 250 ms at most, for the first one; noise of the machine on top.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_200));
        }
        assertThat(fleet.attemptsThatFailed()).as("later calls skip them").isBetween(1, 4);
    }

    @Test
    void survivesAllEndpointsBeingReplacedBetweenTwoAnswers() throws Exception {
        start(Fleet.of(3, Duration.ofSeconds(1)));
        List<Backend> old = List.copyOf(fleet.backends());
        Backend busy = fleet.backend(0);
        old.forEach(backend ->
                backend.behave(BackendBehaviour.answering(200, backend.name()).after(Duration.ofMillis(100))));
        fleet.get();
        CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(fleet::get);
        for (int added = 0; added < 3; added++) {
            fleet.add();
        }
        old.forEach(fleet::deregister);

        List<String> names =
                fleet.backends().subList(3, 6).stream().map(Backend::name).toList();
        until(() -> names.contains(fleet.get()));
        assertThat(names(60)).containsExactlyInAnyOrderElementsOf(names);
        assertThat(inFlight.get(5, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(status(busy).state()).isEqualTo(EndpointState.GONE);
    }

    @Test
    void neverSendsAPostTwiceThatMayHaveBeenExecuted() {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.breakingAfterExecution()));

        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                .isThrownBy(() -> post("only once", Map.of()))
                .withMessageContaining("it may have been executed");

        assertThat(fleet.backends().stream()
                        .mapToInt(backend -> backend.executed().size())
                        .sum())
                .isOne();
    }

    @Test
    void neverSendsAPostTwiceThatWasExecutedBeforeItsEndpointFroze() {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.freezingAfterExecution()));

        assertThatExceptionOfType(ServiceCallException.DeadlineExceeded.class)
                .isThrownBy(() -> post("only once", Map.of()))
                .satisfies(failure -> assertThat(failure.attempts())
                        .singleElement()
                        .satisfies(attempt -> assertThat(attempt.timedOut()).isTrue()));

        assertThat(executed()).isOne();
    }

    @Test
    void givesThe503ToTheCallerOfAPostAndSendsItAgainOnlyWithAnIdempotencyKey() {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "half done")));

        try (ServiceResponse response = post("only once", Map.of())) {
            assertThat(response.status()).isEqualTo(503);
        }
        assertThat(executed()).as("a 503 may come after the work").isOne();

        try (ServiceResponse response = post("again", Map.of("Idempotency-Key", List.of("k1")))) {
            assertThat(response.status()).isEqualTo(503);
        }
        assertThat(executed()).isEqualTo(1 + 3);
    }

    private int executed() {
        return fleet.backends().stream()
                .mapToInt(backend -> backend.executed().size())
                .sum();
    }

    @Test
    void sendsAPostAgainThatCarriesAnIdempotencyKey() {
        fleet.backend(0).behave(BackendBehaviour.breakingAfterExecution());
        fleet.backend(1).behave(BackendBehaviour.breakingAfterExecution());

        try (ServiceResponse response = post("again", Map.of("Idempotency-Key", List.of("k1")))) {
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void givesThe503ToTheCallerWhenNobodyCanDoBetter() {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "busy", "Retry-After: 7")));

        try (ServiceResponse response = fleet.client().send(ServiceRequest.get("http://stock-service/"))) {
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers().get("retry-after")).containsExactly("7");
            assertThat(response.text()).isEqualTo("busy");
        }
        assertThat(fleet.backends().stream()
                        .mapToInt(backend -> backend.executed().size())
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void givesA500ToTheCallerAndDoesNotAskOthers() {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(500, "a bug")));

        assertThat(fleet.get()).isEqualTo("a bug");
        assertThat(fleet.backends().stream()
                        .mapToInt(backend -> backend.executed().size())
                        .sum())
                .isOne();
    }

    @Test
    void saysWhomItTriedAndWhatEachDidWhenAllRefuse() {
        fleet.backends().forEach(Backend::refuse);

        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                .isThrownBy(fleet::get)
                .satisfies(failure -> assertThat(failure.attempts()).hasSize(3))
                .withMessageEndingWith("; all refuse connections: is it the wrong port?")
                .withMessageStartingWith("stock-service.trading-platform.local could not be reached")
                .withMessageContaining(fleet.backend(2).name());
    }

    @Test
    void suspectsTheSecurityGroupWhenNobodyAnswersAConnection() {
        fleet.backends().forEach(Backend::blackHole);

        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                .isThrownBy(fleet::get)
                .withMessageEndingWith("; all let connections time out: does a security group drop them?");
    }

    @Test
    void suspectsNothingWhereEndpointsFailInDifferentWays() {
        fleet.backend(0).blackHole();
        fleet.backend(1).refuse();
        fleet.backend(2).refuse();

        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                .isThrownBy(fleet::get)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("?"));
    }

    @Test
    void holdsTheDeadlineWhenEverybodyFreezes() {
        CallPolicy roomForMore = new CallPolicy(
                Duration.ofSeconds(2), Duration.ofMillis(900), Duration.ofMillis(250), 5, 100, Duration.ZERO);
        start(Fleet.of(5, roomForMore));
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.silent()));
        long begun = System.nanoTime();

        assertThatExceptionOfType(ServiceCallException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .withMessageContaining("did not answer within 2000 ms");

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("five attempts would take 4.5 s")
                .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(4));
    }

    @Test
    void survivesOneFaultOfDnsAfterTheOther() throws Exception {
        start(Fleet.of(3, Duration.ofSeconds(1)));
        fleet.get();
        for (DnsFault fault : List.of(
                DnsFault.silence(),
                DnsFault.rcode(Rcode.SERVFAIL),
                DnsFault.rcode(Rcode.NXDOMAIN),
                DnsFault.noData())) {
            long asked = fleet.dns().queries().count();
            fleet.dns().fault(fault);
            until(() -> {
                fleet.get();
                return fleet.dns().queries().count() > asked + 1;
            });
        }
        assertThat(names(60)).hasSize(3);
        assertThat(fleet.client().status().getFirst().stale()).isTrue();
    }

    @Test
    void failsFastOnAColdStartWithDnsDownAndSaysWhoWasAsked() {
        fleet.dns().fault(DnsFault.rcode(Rcode.SERVFAIL));

        assertThatExceptionOfType(ServiceCallException.NoEndpoint.class)
                .isThrownBy(fleet::get)
                .withMessage("stock-service.trading-platform.local has no endpoint: asked for SRV"
                        + " stock-service.trading-platform.local: 127.0.0.1:"
                        + fleet.dns().address().getPort() + " said: SERVFAIL");
    }

    @Test
    void namesTheSilentServersWhenTheLookupOfAColdStartOutlastsTheDeadline() throws Exception {
        fleet.dns().fault(DnsFault.silence());
        try (DnsServer second = DnsServer.start(InetAddress.getLoopbackAddress(), 0, query -> query)) {
            second.fault(DnsFault.silence());
            String one = "127.0.0.1:" + fleet.dns().address().getPort();
            String other = "127.0.0.1:" + second.address().getPort();
            try (ServiceClient client = ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local")
                    .withNameservers(one, other)
                    .withCalls(CallPolicy.withDeadline(Duration.ofSeconds(2))))) {
                assertThatExceptionOfType(ServiceCallException.NoEndpoint.class)
                        .isThrownBy(() -> client.send(ServiceRequest.get("http://stock-service/api")))
                        .withMessageMatching("stock-service.trading-platform.local has no endpoint:"
                                + " no usable answer within (1[0-9]|20)[0-9]{2} ms to SRV"
                                + " stock-service.trading-platform.local, asked of " + one + ", " + other);
            }
        }
    }

    @Test
    void findsNewEndpointsAndLeavesOldOnesWithinTheTtl() throws Exception {
        start(Fleet.of(2, Duration.ofSeconds(1)));
        assertThat(names(60)).hasSize(2);

        Backend added = fleet.add();
        fleet.deregister(fleet.backend(0));

        until(() -> fleet.get().equals(added.name()));
        // A machine that pauses in its first calls makes an endpoint look slow for a moment.
        until(() -> names(50).equals(Set.of(fleet.backend(1).name(), added.name())));
    }

    @Test
    void asksDnsOncePerTtlHoweverManyCall() {
        names(300);

        // A second time only if this machine stalls while the first answer is on its way.
        assertThat(fleet.dns().queries().count("stock-service.trading-platform.local", Type.SRV))
                .isBetween(1L, 2L);
        assertThat(fleet.dns().queries().count()).isBetween(1L, 2L);
    }

    @Test
    void closesTheKeptConnectionsOfAnEndpointThatLeft() throws Exception {
        start(Fleet.of(3, Duration.ofSeconds(1)));
        names(60);
        Backend leaving = fleet.backend(0);
        assertThat(leaving.connections()).isOne();

        fleet.deregister(leaving);
        until(() -> {
            fleet.get();
            return leaving.connections() == 0;
        });

        assertThat(fleet.backend(1).accepted() + fleet.backend(2).accepted())
                .as("those of the others are kept")
                .isEqualTo(2);
    }

    @Test
    void doesNotRepeatAPostWhoseKeptConnectionBreaksUnderIt() {
        names(60);
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.breakingAfterExecution()));

        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                .isThrownBy(() -> post("only once", Map.of()))
                .withMessageContaining("it may have been executed");

        assertThat(fleet.backends().stream().flatMap(backend -> backend.executed().stream()))
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void keepsConnectionsAndTheServiceNameInTheHostHeader() {
        names(300);

        for (Backend backend : fleet.backends()) {
            assertThat(backend.accepted()).isOne();
            assertThat(backend.executed())
                    .extracting(request -> request.header("host"))
                    .containsOnly("stock-service");
        }
    }

    @Test
    void goesOnOverAFreshConnectionWhenAKeptOneIsClosed() {
        start(Fleet.of(1));
        fleet.get();
        fleet.backend(0).refuse();
        fleet.backend(0).open();

        // The kept connection is closed, which shows only when something is sent: a GET goes again, on a fresh one.
        assertThat(fleet.get()).isEqualTo(fleet.backend(0).name());
    }

    @Test
    void streamsWhatIsTooLargeToHoldBack() {
        String large = "x".repeat(5_000_000);
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(200, large)));

        assertThat(fleet.get()).isEqualTo(large);
        assertThat(fleet.get()).isEqualTo(large);
    }

    @Test
    void neverDeliversTheAnswerOfAnotherServiceThatGotTheAddress() {
        fleet.get();
        fleet.backend(0)
                .behave(BackendBehaviour.answering(
                        200, "a stranger's", "Discovery-Service: signal-processing-service"));

        for (int call = 0; call < 50; call++) {
            assertThat(fleet.get()).isNotEqualTo("a stranger's");
            try (ServiceResponse response = post("id" + call, Map.of())) {
                assertThat(response.text()).isNotEqualTo("a stranger's");
            }
        }
        assertThat(status(fleet.backend(0)).state()).isEqualTo(EndpointState.EJECTED);
        assertThat(status(fleet.backend(0)).reason()).isEqualTo("another service answers there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stock-service",
                "Stock-Service",
                "stock-service.trading-platform.local",
                "STOCK-SERVICE.trading-platform.LOCAL."
            })
    void deliversTheAnswerOfAServiceThatWritesItsNameInAnotherCaseOrInFull(String name) {
        fleet.backends()
                .forEach(backend ->
                        backend.behave(BackendBehaviour.answering(200, "its own", "Discovery-Service: " + name)));

        assertThat(names(20)).containsExactly("its own");
        assertThat(fleet.attemptsThatFailed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock", "stock-service.trading-platform.local.evil", "x.stock-service", "."})
    void neverDeliversTheAnswerOfAServiceWhoseNameOnlyLooksLikeIt(String name) {
        fleet.backend(0).behave(BackendBehaviour.answering(200, "a stranger's", "Discovery-Service: " + name));

        assertThat(names(30))
                .containsExactlyInAnyOrder(
                        fleet.backend(1).name(), fleet.backend(2).name());
    }

    @Test
    void failsRatherThanDeliverAStrangersAnswerWhenThereIsNoOther() {
        fleet.backends()
                .forEach(backend ->
                        backend.behave(BackendBehaviour.answering(200, "a stranger's", "Discovery-Service: other")));

        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                .isThrownBy(fleet::get)
                .withMessageContaining("answered 200 as other");
    }

    @Test
    void startsNoNewCallsOnAnEndpointThatSaysItIsShuttingDown() {
        assertThat(names(60)).hasSize(3);
        fleet.backend(0)
                .behave(BackendBehaviour.answering(200, "bye", "Discovery-Draining: true", "Connection: close"));

        int goodbyes = 0;
        for (int call = 0; call < 200; call++) {
            goodbyes += fleet.get().equals("bye") ? 1 : 0;
        }

        assertThat(goodbyes).isOne();
        assertThat(status(fleet.backend(0)).state()).isEqualTo(EndpointState.DRAINING);
        assertThat(status(fleet.backend(0)).reason()).isEqualTo("says that it is shutting down");
    }

    @Test
    void goesOnCallingEndpointsThatShutDownWhileThereIsNoOther() {
        fleet.backends()
                .forEach(backend -> backend.behave(BackendBehaviour.answering(200, "bye", "Discovery-Draining: true")));

        assertThat(names(20)).containsExactly("bye");
    }

    @Test
    void tellsTheEndpointHowLongTheCallerWaits() {
        fleet.get();

        assertThat(fleet.backends().stream().flatMap(backend -> backend.executed().stream()))
                .singleElement()
                .satisfies(request -> assertThat(Integer.parseInt(request.header("discovery-time-left")))
                        .isBetween(1, 600));
    }

    @Test
    void sharesCallsEvenly() {
        Map<String, Integer> counts = new HashMap<>();
        for (int call = 0; call < 1_500; call++) {
            counts.merge(fleet.get(), 1, Integer::sum);
        }

        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(400, 600));
    }

    @Test
    void doesNotPassOnWhatIsAboutTheConnectionToItsCaller() {
        // As a proxy that copies what it was sent.
        Map<String, List<String>> copied = Map.of(
                "Transfer-Encoding", List.of("chunked"),
                "Connection", List.of("close, X-Hop"),
                "X-Hop", List.of("1"),
                "Keep-Alive", List.of("timeout=5"),
                "TE", List.of("trailers"),
                "Upgrade", List.of("h2c"),
                "Proxy-Connection", List.of("close"),
                "X-End", List.of("2"));

        try (ServiceResponse response = post("whole", copied)) {
            assertThat(response.status()).isEqualTo(200);
        }

        assertThat(fleet.attemptsThatFailed()).isZero();
        assertThat(fleet.backends().stream().flatMap(backend -> backend.executed().stream()))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.body()).isEqualTo("whole");
                    assertThat(request.headers())
                            .doesNotContainKeys(
                                    "transfer-encoding", "x-hop", "keep-alive", "te", "upgrade", "proxy-connection")
                            .containsEntry("x-end", "2")
                            .containsEntry("connection", "keep-alive");
                });
    }

    @Test
    void refusesARequestThatCannotBeWrittenAndBlamesNobody() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fleet.client()
                        .send(ServiceRequest.of(
                                "TRACE", URI.create("http://stock-service/"), Map.of(), new byte[] {1})))
                .withMessageContaining("TRACE");

        assertThat(fleet.attemptsThatFailed()).isZero();
    }

    @Test
    void endsAnInterruptedCallAndLeavesTheThreadInterrupted() throws Exception {
        fleet.dns().fault(DnsFault.silence());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                fleet.get();
            } catch (ServiceCallException ended) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        until(() -> fleet.dns().queries().count() > 0);

        caller.interrupt();

        assertThat(interrupted.get(1, TimeUnit.SECONDS)).isTrue();
    }
}
