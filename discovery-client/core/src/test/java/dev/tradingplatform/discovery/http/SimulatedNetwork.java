package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Servers in virtual time, and the connections to them. */
final class SimulatedNetwork implements HttpClientConnectionOperator, Service.Prober {

    static final Duration ROUND_TRIP = Duration.ofMillis(1);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(5);

    /** What a server does. */
    enum Mode {
        RESPONDING,
        /** Responds with status 503. */
        OVERLOADED,
        /** Responds with status 500. */
        FAILING,
        /** Executes requests, and resets the connection. */
        RESETTING,
        /** Accepts connections and requests, and does nothing. */
        FROZEN,
        /** Its machine is up, and the process is not. */
        REFUSING,
        /** Its packets are lost. */
        UNREACHABLE;

        boolean acceptsConnections() {
            return this != REFUSING && this != UNREACHABLE;
        }
    }

    /** Is told what happens. */
    interface Observer {

        /** A connection is opened, or a request begins on a kept one. */
        void attempted(Server server);

        /** A server executes a request. */
        void executed(Server server, String callId);
    }

    /** One server. */
    static final class Server {

        private final Endpoint endpoint;
        private final List<Connection> connections = new ArrayList<>();
        private Mode mode = Mode.RESPONDING;
        private Duration latency;

        private Server(Endpoint endpoint, Duration latency) {
            this.endpoint = endpoint;
            this.latency = latency;
        }

        Endpoint endpoint() {
            return endpoint;
        }

        Mode mode() {
            return mode;
        }

        void latency(Duration changed) {
            latency = changed;
        }

        void mode(Mode changed) {
            mode = changed;
            if (changed == Mode.REFUSING) {
                List.copyOf(connections).forEach(Connection::resetByServer);
                connections.clear();
            }
        }

        /** Empty if nothing comes back. */
        private Optional<Answer> answer() {
            return switch (mode) {
                case RESPONDING -> Optional.of(new Answer(200));
                case OVERLOADED -> Optional.of(new Answer(503));
                case FAILING -> Optional.of(new Answer(500));
                case RESETTING, REFUSING -> Optional.of(Answer.RESET);
                case FROZEN, UNREACHABLE -> Optional.empty();
            };
        }
    }

    /** @param status of the response, or what ends the exchange without one */
    private record Answer(int status) {
        static final Answer RESET = new Answer(-1);
        static final Answer CLOSED = new Answer(-2);
        static final Answer END_OF_STREAM = new Answer(-3);
    }

    private final VirtualTime time;
    private final Observer observer;
    private final Map<Endpoint, Server> servers = new HashMap<>();

    SimulatedNetwork(VirtualTime time, Observer observer) {
        this.time = time;
        this.observer = observer;
    }

    Server add(int number, Duration latency) {
        byte[] address = {10, 0, (byte) (number / 256), (byte) (number % 256)};
        try {
            Server server = new Server(new Endpoint(InetAddress.getByAddress(address), 80), latency);
            servers.put(server.endpoint(), server);
            return server;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public boolean connects(Endpoint endpoint, Duration timeout) {
        Server server = servers.get(endpoint);
        if (server == null || server.mode == Mode.UNREACHABLE) {
            time.sleep(timeout);
            return false;
        }
        time.sleep(ROUND_TRIP);
        return server.mode.acceptsConnections();
    }

    ManagedHttpClientConnection newConnection() {
        return new Connection();
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            @Nullable InetSocketAddress localAddress,
            TimeValue timeout,
            SocketConfig config,
            HttpContext context)
            throws IOException {
        Server server = servers.get(new Endpoint(InetAddress.getByName(host.getHostName()), host.getPort()));
        ((Connection) connection).open(server, timeout);
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
        throw new UnsupportedOperationException();
    }

    private final class Connection implements ManagedHttpClientConnection {

        private @Nullable Server server;
        private boolean closed;
        private boolean closedByServer;
        private int requests;
        private String callId = "";
        private Timeout socketTimeout = Timeout.DISABLED;
        private CompletableFuture<Answer> answer = new CompletableFuture<>();

        void open(@Nullable Server target, TimeValue timeout) throws IOException {
            if (target != null) {
                observer.attempted(target);
            }
            if (target == null || target.mode == Mode.UNREACHABLE) {
                await(timeout.toDuration());
                throw closed ? new SocketException("Socket closed") : new SocketTimeoutException("Connect timed out");
            }
            await(ROUND_TRIP);
            if (closed) {
                throw new SocketException("Socket closed");
            }
            if (!target.mode.acceptsConnections()) {
                throw new ConnectException("Connection refused");
            }
            target.connections.add(this);
            server = target;
        }

        private void await(Duration duration) throws IOException {
            try {
                time.await(answer, duration.toNanos());
            } catch (InterruptedException interrupted) {
                throw new InterruptedIOException();
            }
        }

        private Server server() {
            if (server == null) {
                throw new IllegalStateException("not connected");
            }
            return server;
        }

        void resetByServer() {
            closedByServer = true;
            answer.complete(Answer.RESET);
        }

        @Override
        public void sendRequestHeader(ClassicHttpRequest request) {
            if (requests > 0) {
                observer.attempted(server());
            }
            callId = request.getFirstHeader("Call").getValue();
            answer = new CompletableFuture<>();
        }

        @Override
        public void sendRequestEntity(ClassicHttpRequest request) {
            // The header names the call.
        }

        @Override
        public void terminateRequest(ClassicHttpRequest request) {
            // The body is sent with the header.
        }

        @Override
        public void flush() throws IOException {
            if (closed) {
                throw new SocketException("Socket closed");
            }
            CompletableFuture<Answer> current = answer;
            int number = ++requests;
            if (closedByServer) {
                current.complete(Answer.END_OF_STREAM);
                return;
            }
            Server called = server();
            if (called.mode == Mode.UNREACHABLE || called.mode == Mode.FROZEN) {
                return;
            }
            observer.executed(called, callId);
            time.after(called.latency, () -> {
                called.answer().ifPresent(current::complete);
                closedByServer |= current.isDone() && current.join().equals(Answer.RESET);
            });
            time.after(called.latency.plus(IDLE_TIMEOUT), () -> closedByServer |= number == requests);
        }

        @Override
        public ClassicHttpResponse receiveResponseHeader() throws IOException {
            await(socketTimeout.isEnabled() ? socketTimeout.toDuration() : Duration.ofDays(1));
            if (!answer.isDone()) {
                throw new SocketTimeoutException("Read timed out");
            }
            Answer received = answer.join();
            if (received.equals(Answer.END_OF_STREAM)) {
                throw new NoHttpResponseException("failed to respond");
            }
            if (received.status() < 0) {
                throw new SocketException(received.equals(Answer.CLOSED) ? "Socket closed" : "Connection reset");
            }
            return new BasicClassicHttpResponse(received.status());
        }

        @Override
        public void receiveResponseEntity(ClassicHttpResponse response) {
            byte[] body = callId.getBytes(StandardCharsets.US_ASCII);
            response.setEntity(new InputStreamEntity(new ByteArrayInputStream(body), body.length, null));
        }

        @Override
        public boolean isStale() {
            time.sleep(Duration.ofMillis(1));
            return closed || closedByServer;
        }

        @Override
        public boolean isDataAvailable(Timeout timeout) {
            return answer.isDone();
        }

        @Override
        public boolean isConsistent() {
            return true;
        }

        @Override
        public boolean isOpen() {
            return server != null && !closed;
        }

        @Override
        public void close() {
            closed = true;
            if (server != null) {
                server.connections.remove(this);
            }
            answer.complete(Answer.CLOSED);
        }

        @Override
        public void close(CloseMode mode) {
            close();
        }

        @Override
        public Timeout getSocketTimeout() {
            return socketTimeout;
        }

        @Override
        public void setSocketTimeout(Timeout timeout) {
            socketTimeout = timeout;
        }

        @Override
        public EndpointDetails getEndpointDetails() {
            return new EndpointDetails(getRemoteAddress(), getLocalAddress(), socketTimeout) {
                @Override
                public long getRequestCount() {
                    return 0;
                }

                @Override
                public long getResponseCount() {
                    return 0;
                }

                @Override
                public long getSentBytesCount() {
                    return 0;
                }

                @Override
                public long getReceivedBytesCount() {
                    return 0;
                }
            };
        }

        @Override
        public SocketAddress getLocalAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public SocketAddress getRemoteAddress() {
            return new InetSocketAddress(
                    server().endpoint().address(), server().endpoint().port());
        }

        @Override
        public ProtocolVersion getProtocolVersion() {
            return HttpVersion.HTTP_1_1;
        }

        @Override
        public @Nullable SSLSession getSSLSession() {
            return null;
        }

        @Override
        public void bind(Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket getSocket() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void passivate() {
            // Nothing to change.
        }

        @Override
        public void activate() {
            // Nothing to change.
        }
    }
}
