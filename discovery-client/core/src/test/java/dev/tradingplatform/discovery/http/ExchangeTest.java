package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request bodies that a server does not read, or that cannot be read, and response headers that arrive in parts. */
class ExchangeTest {

    private static final byte[] LARGER_THAN_SOCKET_BUFFERS = new byte[6_000_000];

    private static final int CALLERS = 4;

    /** For the TLS handshakes of several callers on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private Fleet fleet = Fleet.of(2, ExchangeTest::withLongDeadline);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private static ServiceSettings withLongDeadline(ServiceSettings settings) {
        return settings.withDeadline(LONG).withConnectTimeout(LONG).withTlsHandshakeTimeout(LONG);
    }

    private static HttpPut put(String scheme, HttpEntity body) {
        HttpPut put = new HttpPut(scheme + "://" + Fleet.SERVICE + "/");
        put.setEntity(body);
        return put;
    }

    private static HttpEntity body(boolean chunked) {
        return chunked
                ? new InputStreamEntity(new ByteArrayInputStream(LARGER_THAN_SOCKET_BUFFERS), -1, null)
                : new ByteArrayEntity(LARGER_THAN_SOCKET_BUFFERS, null);
    }

    /** Responds before it reads the body, half-closes and closes 20 ms later. */
    private static BackendBehaviour refusing(boolean chunkedResponse) {
        return chunkedResponse
                ? connection -> {
                    connection.head();
                    connection.write("HTTP/1.1 413 Content Too Large\r\n");
                    connection.write("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
                    connection.write("9\r\ntoo large\r\n0\r\n\r\n");
                    connection.closeOutput();
                    connection.pause(Duration.ofMillis(20));
                    return false;
                }
                : BackendBehaviour.answeringEarly(413, "too large", Duration.ofMillis(20));
    }

    @ParameterizedTest(name = "body chunked: {0}, response chunked: {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void deliversAResponseThatArrivesWhileTheBodyIsSent(boolean chunkedBody, boolean chunkedResponse) {
        fleet.backends().forEach(backend -> backend.behave(refusing(chunkedResponse)));

        assertThat(responses(25, () -> fleet.send(put("http", body(chunkedBody)))))
                .containsOnly("413 too large");

        assertThat(fleet.backends().stream()
                        .mapToInt(backend -> backend.received().size())
                        .sum())
                .as("sent once each")
                .isEqualTo(100);
        assertThat(fleet.endpoints()).allMatch(status -> status.state() == EndpointState.ACTIVE);
        assertThat(fleet.events().failedAttempts()).isZero();
    }

    @ParameterizedTest(name = "body chunked: {0}")
    @ValueSource(booleans = {false, true})
    void deliversAResponseThatArrivesOverTlsWhileTheBodyIsSent(boolean chunkedBody) {
        TestCertificates authority = TestCertificates.create();
        fleet.close();
        fleet = Fleet.of(0);
        for (int replica = 0; replica < 2; replica++) {
            fleet.add(Backend.startTls(
                            InetAddress.getLoopbackAddress(), 0, authority.context(authority.issue(Fleet.FULL_NAME))))
                    .behave(refusing(false));
        }
        try (DiscoveryClient client = fleet.builder()
                .defaults(ExchangeTest::withLongDeadline)
                .connections(connections ->
                        connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(authority.context())))
                .build()) {
            assertThat(responses(5, () -> Fleet.send(client.httpClient(), put("https", body(chunkedBody)))))
                    .containsOnly("413 too large");

            assertThat(client.status().get(0).endpoints())
                    .allMatch(status -> status.state() == EndpointState.ACTIVE && status.failures() == 0);
        }
    }

    @FunctionalInterface
    private interface Sending {
        Fleet.Response send() throws IOException;
    }

    private static List<String> responses(int callsOfEach, Sending sending) {
        List<Load.Outcome> outcomes = Load.outcomes(CALLERS, callsOfEach, () -> {
            Fleet.Response response = sending.send();
            return response.status() + " " + response.body();
        });
        assertThat(outcomes)
                .hasSize(CALLERS * callsOfEach)
                .extracting(Load.Outcome::failure)
                .containsOnly("");
        return outcomes.stream().map(Load.Outcome::response).toList();
    }

    @Test
    void sendsCredentialsOnANewConnectionAfterAnEarly401() throws IOException {
        fleet.backends()
                .forEach(backend -> backend.behave(BackendBehaviour.choosing(
                        request -> request.header("authorization").isEmpty()
                                ? BackendBehaviour.answeringEarlyAndReadingOn(
                                        401, "", "WWW-Authenticate: Basic realm=\"stock\"")
                                : BackendBehaviour.answering(200, "authorized"))));
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        credentials.setCredentials(
                new AuthScope(null, -1), new UsernamePasswordCredentials("user", "password".toCharArray()));

        for (int call = 0; call < 20; call++) {
            HttpClientContext context = HttpClientContext.create();
            context.setCredentialsProvider(credentials);
            assertThat(fleet.client().httpClient().execute(put("http", body(false)), context, Fleet.Response::of))
                    .extracting(Fleet.Response::body)
                    .isEqualTo("authorized");
        }

        assertThat(fleet.backends().stream().flatMap(backend -> backend.executed().stream()))
                .extracting(request -> request.bodyLength())
                .containsOnly((long) LARGER_THAN_SOCKET_BUFFERS.length);
    }

    @Test
    void doesNotKeepAConnectionWhoseRequestBodyIsIncomplete() throws IOException {
        fleet.backends()
                .forEach(backend -> backend.behave(
                        BackendBehaviour.choosing(request -> request.method().equals("PUT")
                                ? BackendBehaviour.answeringEarlyAndReadingOn(413, "too large")
                                : BackendBehaviour.answering(200, "next"))));

        for (int call = 0; call < 20; call++) {
            assertThat(fleet.send(put("http", body(call % 2 == 0))).status()).isEqualTo(413);
            assertThat(fleet.get()).isEqualTo("next");
        }
    }

    @Test
    void failsOnceIfTheBodyCannotBeRead() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the file was removed");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
        InputStream source = new SequenceInputStream(new ByteArrayInputStream(LARGER_THAN_SOCKET_BUFFERS), broken);

        assertThatIOException()
                .isThrownBy(() -> fleet.send(put("http", new InputStreamEntity(source, -1, null))))
                .withMessage("the file was removed");

        assertNoEndpointIsBlamed();
    }

    /** A body that may be sent again, and fails each time. */
    private static final class Failing extends AbstractHttpEntity {

        private final IOException failure;
        private final boolean unchecked;

        Failing(String failure, boolean unchecked) {
            super((String) null, null);
            this.failure = new IOException(failure);
            this.unchecked = unchecked;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(LARGER_THAN_SOCKET_BUFFERS, 0, 100_000);
            if (unchecked) {
                throw new IllegalStateException(failure.getMessage());
            }
            throw failure;
        }

        @Override
        public InputStream getContent() {
            return InputStream.nullInputStream();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    @Test
    void doesNotRepeatABodyThatCannotBeRead() {
        assertThatIOException()
                .isThrownBy(() -> fleet.send(put("http", new Failing("the file was removed", false))))
                .withMessage("the file was removed");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> fleet.send(put("http", new Failing("closed", true))))
                .withMessage("closed");

        assertThat(fleet.executed()).isZero();
        assertNoEndpointIsBlamed();
    }

    private void assertNoEndpointIsBlamed() {
        assertThat(fleet.events().failedAttempts()).isZero();
        assertThat(fleet.endpoints())
                .allMatch(status -> status.state() == EndpointState.ACTIVE)
                .allMatch(status -> status.inFlight() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n"})
    void readsHeadersThatArriveInTwoPartsBeforeAndAfterTheHedgeDelay(String part) throws IOException {
        fleet.close();
        fleet = Fleet.of(2, settings -> settings.withDeadline(Duration.ofSeconds(2)));
        String rest = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n".substring(part.length());
        BackendBehaviour inTurn = BackendBehaviour.inTurn(
                connection -> {
                    connection.execute();
                    connection.write(part);
                    // The hedged attempt starts after 600 ms.
                    connection.pause(Duration.ofMillis(900));
                    connection.write(rest + "late");
                    return true;
                },
                BackendBehaviour.silent());
        fleet.backends().forEach(backend -> backend.behave(inTurn));

        assertThat(fleet.send(new HttpGet(Fleet.URL + "/")).body()).isEqualTo("late");
    }
}
