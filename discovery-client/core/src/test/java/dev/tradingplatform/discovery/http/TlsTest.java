package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS to addresses from DNS: SNI and certificate check use the full name of the service. */
class TlsTest {

    private static final TestCertificates AUTHORITY = TestCertificates.create();

    private final Fleet fleet = Fleet.of(0);
    private final List<DiscoveryClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(DiscoveryClient::close);
        fleet.close();
    }

    /** Starts a replica whose certificate is for this name. */
    private Backend serve(String name) {
        return fleet.add(
                Backend.startTls(InetAddress.getLoopbackAddress(), 0, AUTHORITY.context(AUTHORITY.issue(name))));
    }

    private DiscoveryClient client() {
        return client(AUTHORITY.context(), Duration.ofSeconds(10));
    }

    private DiscoveryClient client(SSLContext context, Duration handshakeTimeout) {
        DiscoveryClient client = fleet.builder()
                .defaults(settings -> settings(settings, handshakeTimeout))
                .connections(connections -> connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(context)))
                .build();
        clients.add(client);
        return client;
    }

    private static ServiceSettings settings(ServiceSettings settings, Duration handshakeTimeout) {
        return settings.withDeadline(Duration.ofSeconds(20)).withTlsHandshakeTimeout(handshakeTimeout);
    }

    private static String get(DiscoveryClient client) throws IOException {
        return Fleet.send(client.httpClient(), new HttpGet("https://" + Fleet.SERVICE + "/api"))
                .body();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://stock-service/",
                "https://stock-service.trading-platform.local/",
                "HTTPS://STOCK-SERVICE.trading-platform.LOCAL./"
            })
    void sendsTheFullNameOfTheServiceAndAcceptsItsCertificate(String url) throws IOException {
        Backend backend = serve(Fleet.FULL_NAME);

        assertThat(Fleet.send(client().httpClient(), new HttpGet(url)).body()).isEqualTo(backend.name());

        assertThat(backend.executed().get(0).connection().serverName()).contains(Fleet.FULL_NAME);
    }

    @Test
    void callsNoEndpointWhoseCertificateIsForAnotherService() throws IOException {
        Backend other = serve("other-service.trading-platform.local");
        Backend right = serve(Fleet.FULL_NAME);
        DiscoveryClient client = client();

        for (int call = 0; call < 20; call++) {
            assertThat(get(client)).isEqualTo(right.name());
        }

        assertThat(other.received()).isEmpty();
        assertThat(client.status().get(0).endpoints())
                .extracting(EndpointStatus::reason)
                .contains("another service responds at this address");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void sendsNothingIfNoEndpointHasTheRightCertificate() {
        Backend other = serve("other-service.trading-platform.local");
        DiscoveryClient client = fleet.builder()
                .defaults(settings ->
                        settings.withDeadline(Duration.ofSeconds(1)).withTlsHandshakeTimeout(Duration.ofSeconds(1)))
                .connections(connections ->
                        connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(AUTHORITY.context())))
                .build();
        clients.add(client);

        assertThatExceptionOfType(DiscoveryException.class)
                .isThrownBy(() -> get(client))
                .withMessageContaining("TLS")
                .withMessageContaining(Fleet.FULL_NAME)
                .matches(failure -> !failure.sent());

        assertThat(other.received()).isEmpty();
    }

    @Test
    void sendsNothingToAnEndpointWithACertificateOfAnUnknownAuthority() {
        TestCertificates unknown = TestCertificates.create();
        Backend other = fleet.add(
                Backend.startTls(InetAddress.getLoopbackAddress(), 0, unknown.context(unknown.issue(Fleet.FULL_NAME))));
        Backend right = serve(Fleet.FULL_NAME);
        DiscoveryClient client = client();

        for (int call = 0; call < 10; call++) {
            assertThat(Load.unchecked(() -> get(client))).isEqualTo(right.name());
        }

        assertThat(other.received()).isEmpty();
    }

    @Test
    void failsAtOnceIfTheClientTrustsNoCertificate() {
        TestCertificates unknown = TestCertificates.create();
        for (int replica = 0; replica < 2; replica++) {
            fleet.add(Backend.startTls(
                    InetAddress.getLoopbackAddress(), 0, unknown.context(unknown.issue(Fleet.FULL_NAME))));
        }
        DiscoveryClient client = client();

        for (int call = 0; call < 3; call++) {
            long begin = System.nanoTime();
            assertThatExceptionOfType(DiscoveryException.AttemptsFailed.class)
                    .isThrownBy(() -> get(client))
                    .withMessageContaining("the client does not trust the certificate");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void isNotMisledByAnEndpointThatAcceptsConnectionsAndSpeaksPlainHttp() throws IOException {
        Backend plain = fleet.add();
        Backend right = serve(Fleet.FULL_NAME);
        DiscoveryClient client = client();

        // Longer than three probes by connection; a trial call follows after 4 s at the earliest.
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() - end < 0) {
            assertThat(get(client)).isEqualTo(right.name());
        }

        assertThat(client.status().get(0).endpoints())
                .filteredOn(status -> status.endpoint().toString().equals(plain.name()))
                .singleElement()
                .satisfies(status -> assertThat(status.failures()).isOne())
                .satisfies(status -> assertThat(status.reason()).isEqualTo("connection broken"));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void waitsLongerForAHandshakeThanForAConnection() throws IOException {
        Backend backend = serve(Fleet.FULL_NAME).delayHandshake(Duration.ofMillis(400));

        assertThat(get(client())).isEqualTo(backend.name());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void endsAHandshakeThatTakesTooLong() {
        serve(Fleet.FULL_NAME).delayHandshake(BackendBehaviour.FOREVER);
        Backend right = serve(Fleet.FULL_NAME);
        // The JVM's first handshake takes longer.
        Load.unchecked(() -> get(client(AUTHORITY.context(), Duration.ofSeconds(10))));
        DiscoveryClient client = client(AUTHORITY.context(), Duration.ofMillis(500));
        long begin = System.nanoTime();

        for (int call = 0; call < 5; call++) {
            assertThat(Load.unchecked(() -> get(client))).isEqualTo(right.name());
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void keepsConnectionsWithAClientCertificate() throws IOException {
        Backend backend = serve(Fleet.FULL_NAME).requireClientCertificate();
        DiscoveryClient client = client(AUTHORITY.context(AUTHORITY.issue("signal-service")), Duration.ofSeconds(10));

        for (int call = 0; call < 5; call++) {
            assertThat(get(client)).isEqualTo(backend.name());
        }

        assertThat(backend.accepted()).isOne();
        assertThat(backend.executed())
                .extracting(request -> request.connection().clientName())
                .containsOnly(Optional.of("CN=signal-service"));
    }
}
