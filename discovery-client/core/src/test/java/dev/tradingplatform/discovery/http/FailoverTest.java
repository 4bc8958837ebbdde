package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.FailedAttempt;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.BackendRequest;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Calls to a service while its endpoints or its DNS records fail or change. */
class FailoverTest {

    private static final Duration SHORT_TTL = Duration.ofSeconds(1);

    private Fleet fleet = Fleet.of(3);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(Fleet other) {
        fleet.close();
        fleet = other;
    }

    private static ServiceSettings shortDeadline(ServiceSettings settings) {
        return settings.withDeadline(Duration.ofMillis(700));
    }

    /** One attempt a call: no hedged attempt, which closes a connection, if this machine stalls. */
    private static ServiceSettings oneAttempt(ServiceSettings settings) {
        return settings.withMaxAttempts(1);
    }

    private Set<String> responses(int calls) throws IOException {
        Set<String> responses = new HashSet<>();
        for (int call = 0; call < calls; call++) {
            responses.add(fleet.get());
        }
        return responses;
    }

    private EndpointState state(Backend backend) {
        return fleet.status(backend).state();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("refuses connections", Backend::refuse),
                fault("does not respond to connections", Backend::blackHole),
                fault("freezes after accepting", backend -> backend.behave(BackendBehaviour.silent())),
                fault("responds with 503", backend -> backend.behave(BackendBehaviour.answering(503, "no"))),
                fault(
                        "breaks in the middle of a response",
                        backend -> backend.behave(BackendBehaviour.breakingInTheMiddle())),
                fault(
                        "breaks before it responds",
                        backend -> backend.behave(BackendBehaviour.breakingAfterExecution())));
    }

    private static Arguments fault(String name, Consumer<Backend> fault) {
        return Arguments.of(name, fault);
    }

    @ParameterizedTest(name = "one of three {0}")
    @MethodSource("faults")
    void noGetFailsWhen(String name, Consumer<Backend> fault) throws IOException {
        assertThat(responses(60)).hasSize(3);
        Backend failing = fleet.backend(0);
        long attempts = fleet.status(failing).attempts();

        fault.accept(failing);

        assertThat(responses(200))
                .as(name)
                .containsExactlyInAnyOrder(
                        fleet.backend(1).name(), fleet.backend(2).name());
        assertThat(state(failing)).isIn(EndpointState.SUSPECT, EndpointState.EJECTED);
        assertThat(fleet.status(failing).attempts() - attempts)
                .as("attempts until the endpoint is ejected")
                .isBetween(1L, 5L);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void readmitsAnEndpointThatAcceptsConnectionsAgain() throws IOException {
        Backend backend = fleet.backend(0);
        fleet.get();
        backend.refuse();
        Load.await(() -> fleet.gets() && state(backend) == EndpointState.EJECTED, "the endpoint is not ejected");

        backend.open();

        Load.await(() -> state(backend) == EndpointState.ACTIVE, "the endpoint is not readmitted");
        assertThat(responses(60)).hasSize(3);
    }

    @Test
    void sendsAPostToAnotherEndpointIfTheConnectionIsRefused() throws IOException {
        fleet.backend(0).refuse();
        fleet.backend(1).refuse();

        for (int call = 0; call < 20; call++) {
            assertThat(fleet.post("id" + call).body())
                    .isEqualTo(fleet.backend(2).name());
        }
        assertThat(fleet.backend(2).executed())
                .extracting(BackendRequest::body)
                .doesNotHaveDuplicates()
                .hasSize(20);
    }

    @Test
    void sendsAPostToAnotherEndpointIfTheNetworkDropsThePacketsOfAStoppedTask() throws IOException {
        fleet.backend(0).blackHole();
        fleet.backend(1).blackHole();

        for (int call = 0; call < 20; call++) {
            long begin = System.nanoTime();
            assertThat(fleet.post("id" + call).body())
                    .isEqualTo(fleet.backend(2).name());
            // At most two connect timeouts of 200 ms, in the first calls.
            assertThat(elapsed(begin)).isLessThan(Duration.ofMillis(1_500));
        }
        assertThat(fleet.events().failedAttempts())
                .as("later calls do not try these endpoints")
                .isBetween(1, 4);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void survivesTheReplacementOfAllEndpointsBetweenTwoAnswers() throws Exception {
        start(Fleet.of(3, SHORT_TTL));
        List<Backend> old = List.copyOf(fleet.backends());
        old.forEach(backend ->
                backend.behave(BackendBehaviour.answering(200, backend.name()).after(Duration.ofMillis(100))));
        fleet.get();
        CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(fleet::getUnchecked);
        for (int added = 0; added < 3; added++) {
            fleet.add();
        }
        old.forEach(fleet::deregister);

        List<String> names =
                fleet.backends().subList(3, 6).stream().map(Backend::name).toList();
        Load.await(() -> names.contains(fleet.getUnchecked()), "the new endpoints are not called");
        assertThat(responses(60)).containsExactlyInAnyOrderElementsOf(names);
        assertThat(inFlight.get(5, TimeUnit.SECONDS)).isNotEmpty();
        assertThat(old).extracting(this::state).containsOnly(EndpointState.REMOVED);
    }

    @Test
    void neverRepeatsAPostThatMayHaveBeenExecuted() {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.breakingAfterExecution()));

        assertThatExceptionOfType(DiscoveryException.AttemptsFailed.class)
                .isThrownBy(() -> fleet.post("only once"))
                .withMessageContaining("may have executed")
                .matches(DiscoveryException::sent);

        assertThat(fleet.executed()).isOne();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void neverRepeatsAPostWhoseEndpointFrozeAfterTheExecution() {
        start(Fleet.of(3, FailoverTest::shortDeadline));
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.freezingAfterExecution()));

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(() -> fleet.post("only once"))
                .matches(DiscoveryException::sent)
                .satisfies(failure ->
                        assertThat(failure.attempts()).singleElement().matches(FailedAttempt::timedOut));

        assertThat(fleet.executed()).isOne();
    }

    @Test
    void neverRepeatsAPostWhoseKeptConnectionBreaks() throws IOException {
        responses(60);
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.breakingAfterExecution()));

        assertThatExceptionOfType(DiscoveryException.AttemptsFailed.class)
                .isThrownBy(() -> fleet.post("only once"))
                .withMessageContaining("may have executed")
                .matches(DiscoveryException::sent);

        assertThat(fleet.backends().stream().flatMap(backend -> backend.executed().stream()))
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(1);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void saysThatARepeatableRequestMayHaveBeenExecutedOnAKeptConnection() throws IOException {
        start(Fleet.of(1, FailoverTest::shortDeadline));
        Backend backend = fleet.backend(0);
        fleet.get();
        backend.behave(connection -> {
            connection.execute();
            // On a thread that is not one of the backend's, which are ended by this.
            CompletableFuture.runAsync(backend::refuse).join();
            return false;
        });

        assertThatExceptionOfType(DiscoveryException.class)
                .isThrownBy(fleet::get)
                .matches(DiscoveryException::sent);
    }

    @Test
    void deliversThe503OfAPostAndRepeatsThePostOnlyWithAnIdempotencyKey() throws IOException {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "half done")));

        assertThat(fleet.post("only once").status()).isEqualTo(503);
        assertThat(fleet.executed()).as("a 503 may be sent after the execution").isOne();

        assertThat(fleet.post("repeated", Map.of("Idempotency-Key", "k1")).status())
                .isEqualTo(503);
        assertThat(fleet.executed()).isEqualTo(1 + 3);
    }

    @Test
    void repeatsAPostThatCarriesAnIdempotencyKey() throws IOException {
        fleet.backend(0).behave(BackendBehaviour.breakingAfterExecution());
        fleet.backend(1).behave(BackendBehaviour.breakingAfterExecution());

        assertThat(fleet.post("repeated", Map.of("Idempotency-Key", "k1")).body())
                .isEqualTo(fleet.backend(2).name());
    }

    @Test
    void deliversThe503IfNoEndpointRespondsBetter() throws IOException {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "busy", "Retry-After: 7")));

        Fleet.Response response = fleet.send(new HttpGet(Fleet.URL + "/"));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("retry-after", "7");
        assertThat(response.body()).isEqualTo("busy");
        assertThat(fleet.executed()).isEqualTo(3);
    }

    @Test
    void deliversThe503OfTheFirstEndpointIfTheSecondOneIsOfAnotherService() throws IOException {
        start(Fleet.of(2));
        BackendBehaviour inTurn = BackendBehaviour.inTurn(
                BackendBehaviour.answering(503, "busy"),
                BackendBehaviour.answering(200, "foreign", "Discovery-Service: signal-processing-service"));
        fleet.backends().forEach(backend -> backend.behave(inTurn));

        assertThat(fleet.send(new HttpGet(Fleet.URL + "/")).body()).isEqualTo("busy");
    }

    @Test
    void deliversA500AndDoesNotRetry() throws IOException {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(500, "a bug")));

        assertThat(fleet.get()).isEqualTo("a bug");
        assertThat(fleet.executed()).isOne();
    }

    @Test
    void retriesTheStatusesThatAreSet() throws IOException {
        start(Fleet.of(3, settings -> settings.withRetriedStatuses(Set.of(429))));
        fleet.backend(0).behave(BackendBehaviour.answering(429, "too many"));
        fleet.backend(1).behave(BackendBehaviour.answering(429, "too many"));

        assertThat(responses(20)).containsExactly(fleet.backend(2).name());

        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(503, "busy")));
        assertThat(fleet.get()).as("no longer retried").isEqualTo("busy");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void retriesUntilTheDeadlineAndListsTheEndpointsIfAllRefuseConnections() {
        start(Fleet.of(3, FailoverTest::shortDeadline));
        fleet.backends().forEach(Backend::refuse);
        long begin = System.nanoTime();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .satisfies(failure -> assertThat(failure.attempts()).hasSize(3))
                .matches(failure -> !failure.sent(), "nothing was sent")
                .withMessageStartingWith("stock-service.trading-platform.local did not respond within 700 ms")
                .withMessageContaining(fleet.backend(2).name())
                .withMessageEndingWith("; all endpoints refuse connections: is the port right?")
                .withCauseInstanceOf(IOException.class);

        assertThat(elapsed(begin)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void sendsAPostToAnEndpointThatReturnsWithinTheDeadline() throws Exception {
        start(Fleet.of(2, settings -> settings.withDeadline(Duration.ofSeconds(10))));
        fleet.backends().forEach(Backend::refuse);
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> fleet.postUnchecked("waiting"));
        Load.await(() -> fleet.events().failedAttempts() > 2, "the call does not retry");

        fleet.backend(1).open();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(fleet.backend(1).name());
        assertThat(fleet.executed()).isOne();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void sendsAPostToAnEndpointThatAppearsInDnsWithinTheDeadline() throws Exception {
        start(Fleet.of(1, settings -> settings.withDeadline(Duration.ofSeconds(10))));
        fleet.get();
        fleet.backend(0).refuse();
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> fleet.postUnchecked("waiting"));
        Load.await(() -> fleet.events().failedAttempts() > 2, "the call does not retry");

        Backend added = fleet.add();

        assertThat(waiting.get(10, TimeUnit.SECONDS))
                .as("the TTL of the first answer is 60 s")
                .isEqualTo(added.name());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void suspectsTheSecurityGroupIfNoEndpointAcceptsConnections() {
        start(Fleet.of(2, settings -> settings.withDeadline(Duration.ofSeconds(1))));
        fleet.backends().forEach(Backend::blackHole);

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .withMessageEndingWith("; no endpoint accepts connections: does a security group block them?");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void suspectsNothingIfEndpointsFailInDifferentWays() {
        start(Fleet.of(3, FailoverTest::shortDeadline));
        fleet.backend(0).blackHole();
        fleet.backend(1).refuse();
        fleet.backend(2).refuse();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("?"));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void endsACallAtItsDeadlineIfAllEndpointsFreeze() {
        start(Fleet.of(5, FailoverTest::shortDeadline));
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.silent()));
        long begin = System.nanoTime();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .withMessageContaining("did not respond within 700 ms");

        assertThat(elapsed(begin)).isBetween(Duration.ofMillis(650), Duration.ofSeconds(3));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void survivesOneFaultOfDnsAfterTheOther() throws IOException {
        start(Fleet.of(3, SHORT_TTL));
        fleet.get();
        for (DnsFault fault : List.of(
                DnsFault.rcode(Rcode.SERVFAIL),
                DnsFault.rcode(Rcode.NXDOMAIN),
                DnsFault.noData(),
                DnsFault.silence())) {
            long before = fleet.dns().queries().count();
            fleet.dns().fault(fault);
            Load.await(() -> fleet.gets() && fleet.dns().queries().count() > before, "DNS is not queried");
        }
        assertThat(responses(60)).hasSize(3);
        Load.await(() -> fleet.client().status().get(0).stale(), "the resolution does not become stale");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void failsAtTheDeadlineIfTheFirstLookupFailsAndNamesTheQuery() {
        start(Fleet.of(3, FailoverTest::shortDeadline));
        fleet.dns().fault(DnsFault.rcode(Rcode.SERVFAIL));

        assertThatExceptionOfType(DiscoveryException.NoEndpoint.class)
                .isThrownBy(fleet::get)
                .withMessageStartingWith("stock-service.trading-platform.local has no endpoint: ")
                .withMessageContaining("SRV")
                .withMessageContaining(fleet.dns().nameserver())
                .withMessageContaining("SERVFAIL");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void namesTheSilentNameserversIfTheFirstLookupOutlastsTheDeadline() throws Exception {
        fleet.dns().fault(DnsFault.silence());
        try (DnsServer second = DnsServer.start(query -> query);
                DiscoveryClient client = fleet.builder()
                        .nameservers(List.of(fleet.dns().nameserver(), second.nameserver()))
                        .defaults(FailoverTest::shortDeadline)
                        .build()) {
            second.fault(DnsFault.silence());

            assertThatExceptionOfType(DiscoveryException.NoEndpoint.class)
                    .isThrownBy(() -> Fleet.send(client.httpClient(), new HttpGet(Fleet.URL + "/api")))
                    .withMessageContaining("no answer within")
                    .withMessageContaining("SRV stock-service.trading-platform.local")
                    .withMessageContaining(fleet.dns().nameserver())
                    .withMessageContaining(second.nameserver());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void waitsForAServiceThatIsRegisteredAfterTheFirstCall() throws Exception {
        start(Fleet.of(0, settings -> settings.withDeadline(Duration.ofSeconds(10))));
        CompletableFuture<String> first = CompletableFuture.supplyAsync(fleet::getUnchecked);
        Load.await(() -> fleet.dns().queries().count() > 0, "DNS is not queried");

        Backend added = fleet.add();

        assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(added.name());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void callsNewEndpointsAndLeavesRemovedOnesWithinTheTtl() throws IOException {
        start(Fleet.of(2, SHORT_TTL));
        assertThat(responses(60)).hasSize(2);

        Backend added = fleet.add();
        fleet.deregister(fleet.backend(0));

        Load.await(() -> fleet.getUnchecked().equals(added.name()), "the new endpoint is not called");
        // If this machine stalls in the first calls, an endpoint looks slow for a moment.
        Set<String> expected = Set.of(fleet.backend(1).name(), added.name());
        Load.await(() -> fleet.getsUnchecked(50).equals(expected), "the removed endpoint is still called");
    }

    @Test
    void queriesDnsOncePerTtlForAllCalls() throws IOException {
        responses(300);

        // A second time only if this machine stalls while the first answer is on its way.
        assertThat(fleet.dns().queries().count(Fleet.FULL_NAME, Type.SRV)).isBetween(1L, 2L);
        assertThat(fleet.dns().queries().count()).isBetween(1L, 2L);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void closesTheKeptConnectionsOfARemovedEndpoint() throws IOException {
        start(Fleet.of(3, SHORT_TTL, FailoverTest::oneAttempt));
        responses(60);
        Backend removed = fleet.backend(0);
        assertThat(removed.connections()).isOne();

        fleet.deregister(removed);
        Load.await(() -> fleet.gets() && removed.connections() == 0, "the connection is still open");

        assertThat(fleet.backend(1).accepted() + fleet.backend(2).accepted())
                .as("the connections of the other endpoints are kept")
                .isEqualTo(2);
    }

    @Test
    void keepsConnectionsAndSendsTheServiceNameAsHost() throws IOException {
        start(Fleet.of(3, FailoverTest::oneAttempt));

        responses(300);

        for (Backend backend : fleet.backends()) {
            assertThat(backend.accepted()).isOne();
            assertThat(backend.executed())
                    .extracting(request -> request.header("host"))
                    .containsOnly("stock-service");
        }
    }

    @Test
    void repeatsAGetOnANewConnectionIfTheKeptOneIsClosed() throws IOException {
        start(Fleet.of(1, FailoverTest::oneAttempt));
        Backend backend = fleet.backend(0);
        fleet.get();

        for (int restart = 0; restart < 10; restart++) {
            backend.refuse();
            backend.open();
            assertThat(fleet.get()).isEqualTo(backend.name());
        }

        assertThat(state(backend)).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void sendsEachPostOnceAlthoughTheServersCloseTheirIdleConnections() throws IOException {
        start(Fleet.of(2, FailoverTest::oneAttempt));
        for (int call = 0; call < 40; call++) {
            if (call % 4 == 0) {
                fleet.backends().forEach(Backend::closeIdleConnections);
                Load.await(
                        () -> fleet.backends().stream().allMatch(backend -> backend.connections() == 0),
                        "the connections are still open");
            }
            assertThat(fleet.post("id" + call).status()).isEqualTo(200);
        }

        assertThat(fleet.backends().stream().flatMap(backend -> backend.executed().stream()))
                .extracting(BackendRequest::body)
                .doesNotHaveDuplicates()
                .hasSize(40);
        assertThat(fleet.endpoints()).allMatch(status -> status.state() == EndpointState.ACTIVE);
    }

    @Test
    void deliversABodyThatIsTooLongToBeReadAhead() throws IOException {
        String large = "x".repeat(5_000_000);
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(200, large)));

        assertThat(fleet.get()).isEqualTo(large);
        assertThat(fleet.get()).isEqualTo(large);
    }

    @Test
    void neverDeliversTheResponseOfAnotherServiceThatWasGivenTheAddress() throws IOException {
        fleet.get();
        fleet.backend(0)
                .behave(BackendBehaviour.answering(200, "foreign", "Discovery-Service: signal-processing-service"));

        for (int call = 0; call < 50; call++) {
            assertThat(fleet.get()).isNotEqualTo("foreign");
            assertThat(fleet.post("id" + call).body()).isNotEqualTo("foreign");
        }
        assertThat(state(fleet.backend(0))).isEqualTo(EndpointState.EJECTED);
        assertThat(fleet.status(fleet.backend(0)).reason()).isEqualTo("another service responds at this address");
    }

    @Test
    void sendsAPostToAnotherEndpointAfterALongResponseOfAnotherService() throws IOException {
        fleet.get();
        fleet.backend(0)
                .behave(BackendBehaviour.answering(
                        200, "x".repeat(5_000_000), "Discovery-Service: signal-processing-service"));

        for (int call = 0; call < 20; call++) {
            assertThat(fleet.post("id" + call).body()).hasSizeLessThan(100);
        }
        assertThat(fleet.status(fleet.backend(0)).reason()).isEqualTo("another service responds at this address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stock-service",
                "Stock-Service",
                "stock-service.trading-platform.local",
                "STOCK-SERVICE.trading-platform.LOCAL."
            })
    void deliversTheResponseOfAServiceThatSendsItsNameInAnotherCaseOrInFull(String name) throws IOException {
        fleet.backends()
                .forEach(backend ->
                        backend.behave(BackendBehaviour.answering(200, "its own", "Discovery-Service: " + name)));

        assertThat(responses(20)).containsExactly("its own");
        assertThat(fleet.events().failedAttempts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock", "stock-service.trading-platform.local.evil", "x.stock-service", "."})
    void neverDeliversTheResponseOfAServiceWhoseNameIsOnlySimilar(String name) throws IOException {
        fleet.backend(0).behave(BackendBehaviour.answering(200, "foreign", "Discovery-Service: " + name));

        assertThat(responses(30))
                .containsExactlyInAnyOrder(
                        fleet.backend(1).name(), fleet.backend(2).name());
    }

    @Test
    void failsIfAllEndpointsAreOfAnotherService() {
        fleet.backends()
                .forEach(backend ->
                        backend.behave(BackendBehaviour.answering(200, "foreign", "Discovery-Service: other")));

        assertThatExceptionOfType(DiscoveryException.AttemptsFailed.class)
                .isThrownBy(fleet::get)
                .withMessageContaining("answered 200 as other");
    }

    @Test
    void leavesAnEndpointThatOmitsTheNameOnANewConnection() throws IOException {
        fleet.backends()
                .forEach(backend -> backend.behave(
                        BackendBehaviour.answering(200, backend.name(), "Discovery-Service: stock-service")));
        responses(60);
        Backend replaced = fleet.backend(0);
        replaced.behave(BackendBehaviour.answering(200, "unnamed"));
        replaced.closeConnections();

        assertThat(responses(60))
                .containsExactlyInAnyOrder(
                        fleet.backend(1).name(), fleet.backend(2).name());
        assertThat(state(replaced)).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void removesTheHeadersOfThisLibraryFromResponses() throws IOException {
        for (int status : new int[] {200, 404, 503}) {
            fleet.backends()
                    .forEach(backend -> backend.behave(BackendBehaviour.answering(
                            status, "", "Discovery-Service: stock-service", "Discovery-Draining: true", "X-Mine: 1")));

            assertThat(fleet.send(new HttpGet(Fleet.URL + "/")).headers())
                    .containsEntry("x-mine", "1")
                    .doesNotContainKeys("discovery-service", "discovery-draining");
        }
    }

    @Test
    void startsNoCallsOnAnEndpointThatAnnouncesItsShutdown() throws IOException {
        assertThat(responses(60)).hasSize(3);
        Backend stopping = fleet.backend(0);
        stopping.behave(BackendBehaviour.answering(200, "bye", "Discovery-Draining: true", "Connection: close"));

        int lastResponses = 0;
        for (int call = 0; call < 200; call++) {
            lastResponses += fleet.get().equals("bye") ? 1 : 0;
        }

        assertThat(lastResponses).isOne();
        assertThat(state(stopping)).isEqualTo(EndpointState.DRAINING);
        assertThat(fleet.status(stopping).reason()).isEqualTo("announces its shutdown");
    }

    @Test
    void callsEndpointsThatShutDownWhileThereIsNoOther() throws IOException {
        fleet.backends()
                .forEach(backend -> backend.behave(BackendBehaviour.answering(200, "bye", "Discovery-Draining: true")));

        assertThat(responses(20)).containsExactly("bye");
    }

    @Test
    void tellsTheEndpointHowLongTheCallerWaits() throws IOException {
        fleet.get();

        assertThat(fleet.backends().stream().flatMap(backend -> backend.executed().stream()))
                .singleElement()
                .satisfies(request -> assertThat(Integer.parseInt(request.header("discovery-timeout-ms")))
                        .isBetween(1, 2_000));
    }

    @Test
    void sharesCallsEvenly() throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        for (int call = 0; call < 1_500; call++) {
            counts.merge(fleet.get(), 1, Integer::sum);
        }

        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(400, 600));
    }

    @Test
    void failsOnceIfARequestCannotBeSentToAnyEndpoint() throws IOException {
        fleet.get();
        long attempts = fleet.events().attempts();
        HttpPost copiedByAProxy = new HttpPost(Fleet.URL + "/");
        copiedByAProxy.setEntity(new StringEntity("x"));
        copiedByAProxy.addHeader("Transfer-Encoding", "chunked");

        assertThatExceptionOfType(ClientProtocolException.class).isThrownBy(() -> fleet.send(copiedByAProxy));

        assertThat(fleet.executed()).isOne();
        assertThat(fleet.events().attempts() - attempts).isLessThanOrEqualTo(1);
        assertThat(fleet.events().failedAttempts()).isZero();
        assertThat(fleet.endpoints()).allMatch(status -> status.state() == EndpointState.ACTIVE);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void endsAnInterruptedCallAndKeepsTheInterrupt() throws Exception {
        fleet.dns().fault(DnsFault.silence());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                fleet.get();
            } catch (InterruptedIOException ended) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (IOException other) {
                interrupted.completeExceptionally(other);
            }
        });
        Load.await(() -> fleet.dns().queries().count() > 0, "DNS is not queried");

        caller.interrupt();

        assertThat(interrupted.get(1, TimeUnit.SECONDS)).isTrue();
    }

    private static Duration elapsed(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
