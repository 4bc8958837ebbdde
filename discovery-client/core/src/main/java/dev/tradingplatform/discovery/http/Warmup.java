package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.balancer.Zone;
import dev.tradingplatform.discovery.dns.DnsResolver;
import dev.tradingplatform.discovery.dns.Wait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Two calls in memory when the first client of a JVM is made. The JVM loads and links some 600 classes for a first
 * call, which takes a quarter of a second on a small machine; the first callers, often a hundred at once, should not
 * wait for it within their deadlines. Sends nothing and opens no socket.
 */
final class Warmup {

    private static final AtomicBoolean DONE = new AtomicBoolean();
    private static final String NAMESPACE = "warm-up.invalid";
    private static final byte[] RESPONSE =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

    private Warmup() {}

    /** Makes the calls, unless this JVM has made them already. */
    static void once() {
        if (DONE.compareAndSet(false, true)) {
            try {
                run();
            } catch (IOException late) {
                // The machine was busy for longer than a call may take. The first real call loads what is missing.
            }
        }
    }

    /** Makes the calls. Returns the bodies of the responses. */
    static List<String> run() throws IOException {
        ThreadLocalGenerator random = new ThreadLocalGenerator();
        ServiceSettings settings = ServiceSettings.DEFAULTS;
        DnsResolver resolver = DnsResolver.inMemory(InetAddress.getLoopbackAddress());
        ServiceRegistry services = new ServiceRegistry(
                new ServiceRegistry.Names(List.of(NAMESPACE), Set.of(), settings, Map.of()),
                type -> resolver,
                new Service.Environment(
                        DiscoveryListener.NONE,
                        new Zone(List.of()),
                        Duration.ZERO,
                        System::nanoTime,
                        InstantSource.system(),
                        random,
                        Runnable::run,
                        Wait.REAL_TIME,
                        (endpoint, timeout) -> true),
                () -> {});
        EndpointConnections connections =
                new EndpointConnections(service -> pool(), new PoolingHttpClientConnectionManager(), closed -> {});
        Call.Environment calls = new Call.Environment(
                new AttemptDeadlines((task, delay, unit) -> {}, System::nanoTime),
                System::nanoTime,
                random,
                Runnable::run,
                Wait.REAL_TIME);
        try (CloseableHttpClient client = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .addExecInterceptorBefore(
                        ChainElement.PROTOCOL.name(),
                        FailoverInterceptor.NAME,
                        new FailoverInterceptor(services, connections, UnaryOperator.identity(), calls))
                .build()) {
            // One on a new connection and one on a kept one.
            List<String> bodies = new ArrayList<>();
            for (int call = 0; call < 2; call++) {
                bodies.add(client.execute(
                        new HttpGet("http://service/"), response -> EntityUtils.toString(response.getEntity())));
            }
            return bodies;
        }
    }

    private static PoolingHttpClientConnectionManager pool() {
        return new PoolingHttpClientConnectionManager(
                new InMemory(),
                PoolConcurrencyPolicy.LAX,
                PoolReusePolicy.LIFO,
                TimeValue.ofMinutes(1),
                ManagedHttpClientConnectionFactory.builder()
                        .responseOutOfOrderStrategy(Exchange.earlyResponses())
                        .build());
    }

    /** Connects to nothing. */
    private static final class InMemory implements HttpClientConnectionOperator {

        @Override
        public void connect(
                ManagedHttpClientConnection connection,
                HttpHost host,
                @Nullable InetSocketAddress localAddress,
                TimeValue timeout,
                SocketConfig config,
                HttpContext context)
                throws IOException {
            connection.bind(new RespondingSocket());
        }

        @Override
        public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
            throw new UnsupportedOperationException("no TLS in memory");
        }
    }

    /** Has the response to each request that was written. */
    private static final class RespondingSocket extends Socket {

        private final ByteArrayInputStream responses = new ByteArrayInputStream(RESPONSE);
        private final OutputStream requests = new OutputStream() {
            @Override
            public void write(int ignored) {
                responses.reset();
            }

            @Override
            public void write(byte[] ignored, int offset, int length) {
                responses.reset();
            }
        };

        private int timeout;
        private boolean closed;

        @Override
        public InputStream getInputStream() {
            return responses;
        }

        @Override
        public OutputStream getOutputStream() {
            return requests;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        }

        @Override
        public SocketAddress getLocalSocketAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public int getSoTimeout() {
            return timeout;
        }

        @Override
        public void setSoTimeout(int millis) {
            timeout = millis;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
