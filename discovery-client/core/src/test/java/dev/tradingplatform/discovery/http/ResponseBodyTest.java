package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseBodyTest {

    private static final int MAX_READ_AHEAD = 65_536;

    /** One attempt a call, so that a machine that stalls does not open a second connection. */
    private Fleet fleet = Fleet.of(1, settings -> settings.withMaxAttempts(1).withDeadline(Duration.ofSeconds(20)));

    private Backend backend = fleet.backend(0);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(Fleet other) {
        fleet.close();
        fleet = other;
        backend = fleet.backend(0);
    }

    private static HttpGet get() {
        return new HttpGet(Fleet.URL + "/");
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(InputStream body) throws IOException;
    }

    /** Reads a body as a part of the call, as {@code RestClient.exchange} does. */
    private <T> T read(ClassicHttpRequest request, Reading<T> reading) throws IOException {
        return fleet.client()
                .httpClient()
                .execute(request, response -> reading.from(response.getEntity().getContent()));
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true", "65536, true", "65537, false"})
    void readsOnlyBodiesOfAKnownAndSmallLengthAhead(long length, boolean ahead) {
        InputStreamEntity body = new InputStreamEntity(InputStream.nullInputStream(), length, null);

        assertThat(ResponseBody.isShort(body)).isEqualTo(ahead);
    }

    @Test
    void readsUpToItsMaximumIntoMemory() throws IOException {
        start(Fleet.of(2));
        for (int length : new int[] {0, 1, MAX_READ_AHEAD - 1, MAX_READ_AHEAD, MAX_READ_AHEAD + 1, 200_000}) {
            // A retried status is read ahead even without a known length.
            String body = "x".repeat(length);
            fleet.backends()
                    .forEach(each -> each.behave(connection -> {
                        connection.execute();
                        connection.write("HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n");
                        if (!body.isEmpty()) {
                            connection.write(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n");
                        }
                        connection.write("0\r\n\r\n");
                        return true;
                    }));

            if (length <= MAX_READ_AHEAD) {
                assertThat(fleet.get()).isEqualTo(body);
            } else {
                assertThatIOException()
                        .as("%s bytes are too many to be kept for the caller", length)
                        .isThrownBy(() -> fleet.get())
                        .withMessageContaining("answered 503");
            }
        }
    }

    @Test
    void deliversABodyThatWasReadAheadMoreThanOnce() throws IOException {
        backend.behave(BackendBehaviour.answering(200, "short"));

        fleet.client().httpClient().execute(get(), response -> {
            assertThat(response.getEntity().isRepeatable()).isTrue();
            assertThat(response.getEntity().getContentLength()).isEqualTo(5);
            assertThat(new String(response.getEntity().getContent().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("short");
            assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("short");
            return response.getCode();
        });
    }

    static List<BackendBehaviour> bodiesThatBreakOff() {
        return List.of(
                connection -> {
                    connection.execute();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nthe begin");
                    connection.reset();
                    return false;
                },
                connection -> {
                    connection.execute();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nthe begin");
                    return false;
                },
                connection -> {
                    connection.execute();
                    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nthe begin\r\n");
                    return false;
                });
    }

    @ParameterizedTest
    @MethodSource("bodiesThatBreakOff")
    void failsTheReaderOfABodyThatBreaksOffAndCountsAgainstTheEndpoint(BackendBehaviour breaking) throws IOException {
        start(Fleet.of(2));
        backend.behave(breaking);
        fleet.backend(1).behave(BackendBehaviour.answering(200, "whole"));

        int failed = 0;
        for (int call = 0; call < 30; call++) {
            try {
                assertThat(fleet.get()).isEqualTo("whole");
            } catch (IOException brokeOff) {
                failed++;
            }
        }

        assertThat(failed).isOne();
        assertThat(fleet.status(backend).state()).isEqualTo(EndpointState.EJECTED);
        assertThat(fleet.inFlight()).isZero();
    }

    @Test
    void failsTheReaderOfAShortBodyIfTheRequestIsNotRepeatable() {
        backend.behave(BackendBehaviour.breakingInTheMiddle());

        assertThatIOException().isThrownBy(() -> fleet.post("only once"));

        assertThat(fleet.executed()).isOne();
        assertThat(fleet.events().calls()).containsExactly("success");
        assertThat(fleet.status(backend).state()).isEqualTo(EndpointState.EJECTED);
    }

    @Test
    void deliversTheStatusAndCountsABrokenShortBodyAtOnceIfTheRequestIsNotRepeatable() throws IOException {
        backend.behave(connection -> {
            connection.execute();
            connection.write("HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\nbegin");
            return false;
        });

        int status = fleet.client().httpClient().execute(new HttpPost(Fleet.URL + "/"), response -> {
            assertThat(fleet.status(backend).state()).isEqualTo(EndpointState.EJECTED);
            InputStream body = response.getEntity().getContent();
            assertThat(body.readNBytes(5)).asString(StandardCharsets.UTF_8).isEqualTo("begin");
            assertThatIOException().isThrownBy(body::read);
            return response.getCode();
        });

        assertThat(status).isEqualTo(201);
    }

    @Test
    void deliversEventsWhileTheyArriveAlsoAfterTheDeadline() throws IOException {
        start(Fleet.of(1, settings -> settings.withDeadline(Duration.ofMillis(500))));
        backend.behave(BackendBehaviour.serverSentEvents(
                Duration.ofMillis(100),
                IntStream.range(0, 10).mapToObj(Integer::toString).toList()));

        List<Long> arrivals = read(get(), body -> {
            List<Long> millis = new ArrayList<>();
            BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    millis.add(System.nanoTime() / 1_000_000);
                }
            }
            return millis;
        });

        assertThat(arrivals).hasSize(10);
        assertThat(arrivals.get(9) - arrivals.get(0))
                .as("ms between the first and the last event, which are not delivered together")
                .isGreaterThan(600);
        assertThat(fleet.status(backend).state()).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void endsABodyThatIsSilentForTheReadTimeout() {
        start(Fleet.of(1, settings -> settings.withReadTimeout(Duration.ofMillis(200))));
        backend.behave(BackendBehaviour.serverSentEvents(Duration.ofSeconds(1), List.of("one", "two")));
        long begin = System.nanoTime();

        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(fleet::get);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(200), Duration.ofMillis(950));
        assertThat(fleet.status(backend).failures()).isOne();
    }

    @Test
    void theReadTimeoutLimitsTheWaitForTheHeaders() {
        start(Fleet.of(1, settings -> settings.withReadTimeout(Duration.ofMillis(100))));
        backend.behave(BackendBehaviour.answering(200, "late").after(Duration.ofSeconds(1)));

        assertThatExceptionOfType(DiscoveryException.AttemptsFailed.class).isThrownBy(fleet::get);
    }

    @Test
    void aTimeoutOfTheApplicationLimitsTheWaitForTheHeadersAndTheBody() throws IOException {
        HttpGet get = get();
        get.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.ofMilliseconds(200))
                .build());
        backend.behave(BackendBehaviour.answering(200, "late").after(Duration.ofSeconds(1)));
        long begin = System.nanoTime();
        assertThatExceptionOfType(DiscoveryException.AttemptsFailed.class)
                .isThrownBy(() -> fleet.send(get))
                .withCauseInstanceOf(SocketTimeoutException.class);

        backend.behave(BackendBehaviour.serverSentEvents(Duration.ofSeconds(1), List.of("one", "two")));
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> fleet.send(get));

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(400), Duration.ofMillis(1_900));
    }

    /** The ways in which an application leaves a body before its end. */
    enum Leaving {
        CLOSES_THE_STREAM {
            @Override
            void leave(ClassicHttpResponse response) throws IOException {
                response.getEntity().getContent().close();
            }
        },
        CLOSES_THE_RESPONSE {
            @Override
            void leave(ClassicHttpResponse response) throws IOException {
                response.close();
            }
        },
        CLOSES_THE_ENTITY {
            @Override
            void leave(ClassicHttpResponse response) throws IOException {
                response.getEntity().close();
            }
        },
        CONSUMES {
            @Override
            void leave(ClassicHttpResponse response) throws IOException {
                EntityUtils.consume(response.getEntity());
            }
        };

        abstract void leave(ClassicHttpResponse response) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void closesTheConnectionAtOnceIfABodyIsLeftEarly(Leaving leaving) throws Exception {
        backend.behave(BackendBehaviour.serverSentEvents(
                Duration.ofMillis(20),
                IntStream.range(0, 1_000).mapToObj(Integer::toString).toList()));
        ClassicHttpResponse response = open(get());
        InputStream body = response.getEntity().getContent();
        assertThat(body.read()).isEqualTo('d');
        long begin = System.nanoTime();

        leaving.leave(response);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("the whole body would take 20 s")
                .isLessThan(Duration.ofSeconds(2));
        Load.await(() -> backend.connections() == 0, "the connection is still open");
        assertThat(fleet.status(backend).state()).isEqualTo(EndpointState.ACTIVE);
        assertThat(fleet.status(backend).failures()).isZero();
        assertThat(fleet.inFlight()).isZero();
    }

    private ClassicHttpResponse open(ClassicHttpRequest request) throws Exception {
        return fleet.client().httpClient().executeOpen(RoutingSupport.determineHost(request), request, null);
    }

    @Test
    void keepsTheConnectionOfABodyThatHasArrivedAndItsTimeouts() throws IOException {
        backend.behave(BackendBehaviour.answeringBytes(100_000));
        // The application knows the length, and does not read the end of the stream.
        byte[] whole = read(get(), body -> body.readNBytes(100_000));
        assertThat(whole).hasSize(100_000);

        backend.behave(BackendBehaviour.answering(200, "late").after(Duration.ofMillis(300)));
        assertThat(fleet.get()).isEqualTo("late");

        assertThat(backend.accepted()).isOne();
    }

    @Test
    void keepsTheConnectionOfResponsesWithoutABody() throws IOException {
        for (int round = 0; round < 3; round++) {
            backend.behave(BackendBehaviour.answering(204, ""));
            assertThat(fleet.send(get()).status()).isEqualTo(204);
            backend.behave(BackendBehaviour.answering(304, "", "Content-Length: 5000"));
            assertThat(fleet.send(get()).status()).isEqualTo(304);
            backend.behave(BackendBehaviour.answering(200, "", "Content-Length: 5000"));
            assertThat(fleet.send(new HttpHead(Fleet.URL + "/")).headers()).containsEntry("content-length", "5000");
            backend.behave(BackendBehaviour.answering(201, ""));
            assertThat(fleet.post("created").status()).isEqualTo(201);
            backend.behave(BackendBehaviour.answering(200, "body"));
            assertThat(fleet.get()).isEqualTo("body");
        }
        assertThat(backend.accepted()).isOne();
    }

    @Test
    void doesNotCountABodyAgainstTheEndpointThatTheApplicationCancelled() throws IOException {
        backend.behave(BackendBehaviour.drippingBody(Duration.ofMillis(20)));
        HttpGet cancelled = get();

        assertThatIOException()
                .isThrownBy(() -> read(cancelled, body -> {
                    assertThat(body.read()).isPositive();
                    Thread.ofVirtual().start(() -> {
                        Load.pause(Duration.ofMillis(50));
                        cancelled.cancel();
                    });
                    return body.readAllBytes();
                }));

        assertThat(fleet.status(backend).failures()).isZero();
        assertThat(fleet.status(backend).state()).isEqualTo(EndpointState.ACTIVE);
    }

    @Test
    void doesNotCountABodyAgainstTheEndpointWhoseReaderIsInterrupted() throws Exception {
        backend.behave(connection -> {
            connection.execute();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nthe begin");
            connection.pause(BackendBehaviour.FOREVER);
            return false;
        });
        CompletableFuture<Boolean> reading = new CompletableFuture<>();
        Thread reader = Thread.ofVirtual()
                .start(() -> assertThatIOException()
                        .isThrownBy(() -> read(new HttpPost(Fleet.URL + "/"), body -> {
                            reading.complete(body.read() > 0);
                            return body.readAllBytes();
                        })));
        assertThat(reading.get(10, TimeUnit.SECONDS)).isTrue();

        reader.interrupt();
        reader.join();

        assertThat(fleet.status(backend).failures()).isZero();
        assertThat(fleet.status(backend).state()).isEqualTo(EndpointState.ACTIVE);
    }
}
