package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that are never silent for long: each read and each write succeeds in time, and the whole never ends. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowDripTest {

    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Duration DRIP = Duration.ofMillis(20);

    /** For a machine that does other things too. */
    private static final Duration NOISE = Duration.ofMillis(1_300);

    private static final byte[] LARGER_THAN_SOCKET_BUFFERS = new byte[32 << 20];

    private final Fleet fleet = Fleet.of(2, settings -> settings.withDeadline(DEADLINE));

    @AfterEach
    void stop() {
        fleet.close();
    }

    static Stream<ClassicHttpRequest> requests() {
        return Stream.of(new HttpGet(Fleet.URL + "/"), withBody(new HttpPost(Fleet.URL + "/"), new byte[1]));
    }

    private static ClassicHttpRequest withBody(ClassicHttpRequest request, byte[] body) {
        HttpEntity entity = new ByteArrayEntity(body, null);
        request.setEntity(entity);
        return request;
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("requests")
    void endsACallWhoseHeadersDripAtItsDeadline(ClassicHttpRequest request) {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.drippingHeaders(DRIP)));
        long begin = System.nanoTime();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(() -> fleet.send(request))
                .withMessageContaining("did not respond");

        assertThat(elapsed(begin)).isBetween(DEADLINE, DEADLINE.plus(NOISE));
        Load.await(() -> fleet.inFlight() == 0, "an attempt is still in flight");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void endsACallWhoseShortBodyDripsAtItsDeadline() {
        fleet.backends()
                .forEach(backend -> backend.behave(connection -> {
                    connection.execute();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n");
                    while (true) {
                        connection.pause(DRIP);
                        connection.write("x");
                    }
                }));
        long begin = System.nanoTime();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(fleet::get)
                .withMessageContaining("did not complete its response");

        assertThat(elapsed(begin)).isBetween(DEADLINE, DEADLINE.plus(NOISE));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void holdsTheDeadlineOfManyCallsAndLosesNoThread() throws Exception {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.drippingHeaders(DRIP)));
        List<CompletableFuture<Duration>> callers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        this::failing, task -> Thread.ofVirtual().start(task)))
                .limit(16)
                .toList();

        for (CompletableFuture<Duration> caller : callers) {
            assertThat(caller.get(10, TimeUnit.SECONDS)).isLessThan(DEADLINE.plus(NOISE));
        }
        Load.await(() -> fleet.inFlight() == 0, "an attempt is still in flight");
    }

    private Duration failing() {
        long begin = System.nanoTime();
        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class).isThrownBy(fleet::get);
        return elapsed(begin);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void deliversALongBodyAlsoAfterTheDeadline() throws IOException {
        fleet.backends()
                .forEach(backend -> backend.behave(connection -> {
                    connection.execute();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                    for (int part = 0; part < 100; part++) {
                        connection.pause(DRIP);
                        connection.write("x".repeat(1_000));
                    }
                    return true;
                }));

        assertThat(fleet.get()).hasSize(100_000);
        assertThat(fleet.events().failedAttempts()).isZero();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void endsAnAttemptWhoseRequestBodyIsNotRead() {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.silent()));
        ClassicHttpRequest put = withBody(new HttpPut(Fleet.URL + "/"), LARGER_THAN_SOCKET_BUFFERS);
        long begin = System.nanoTime();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class).isThrownBy(() -> fleet.send(put));

        assertThat(elapsed(begin)).isBetween(DEADLINE, DEADLINE.plus(NOISE));
    }

    @Test
    void doesNotCountASlowResponseAgainstAnEndpoint() throws IOException {
        fleet.get();
        fleet.backends()
                .forEach(backend -> backend.behave(
                        BackendBehaviour.answering(200, "slow but whole").after(Duration.ofMillis(150))));

        assertThat(fleet.get()).isEqualTo("slow but whole");
        assertThat(fleet.events().failedAttempts()).isZero();
        assertThat(fleet.endpoints()).extracting(EndpointStatus::state).containsOnly(EndpointState.ACTIVE);
    }

    private static Duration elapsed(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
