package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** A stock-service of real HTTP servers on loopback, registered in a real DNS server, and a client that calls it. */
final class Fleet implements AutoCloseable {

    static final String NAMESPACE = "trading-platform.local";
    static final String SERVICE = "stock-service";
    static final String FULL_NAME = SERVICE + "." + NAMESPACE;
    static final String URL = "http://" + SERVICE;

    /** Unless the TTL is the subject of a test, DNS is queried once. */
    private static final Duration LONG_TTL = Duration.ofSeconds(60);

    private static final Duration DEADLINE = Duration.ofSeconds(2);

    static {
        warmUp();
    }

    private final CloudMap cloudMap;
    private final DnsServer dns;
    private final List<Backend> backends = new ArrayList<>();
    private final Events events = new Events();
    private final DiscoveryClient client;

    private Fleet(Duration ttl, UnaryOperator<ServiceSettings> settings) {
        cloudMap = CloudMap.of(CloudMapNamespace.of(NAMESPACE).withTtl(ttl));
        dns = DnsServer.start(cloudMap);
        client = builder().listener(events).defaults(settings).build();
    }

    /** Loads the classes of a call: on a busy machine, that takes longer than the deadlines of the tests. */
    private static void warmUp() {
        try (Fleet fleet = of(2, settings -> settings.withDeadline(Duration.ofMinutes(1)))) {
            for (int call = 0; call < 100; call++) {
                fleet.getUnchecked();
                fleet.postUnchecked("warm up");
            }
        }
    }

    /** Starts a fleet with a TTL of 60 s and a deadline of 2 s. */
    static Fleet of(int replicas) {
        return of(replicas, LONG_TTL);
    }

    /** Starts a fleet with a deadline of 2 s. */
    static Fleet of(int replicas, Duration ttl) {
        return of(replicas, ttl, settings -> settings.withDeadline(DEADLINE));
    }

    /** Starts a fleet with a TTL of 60 s. */
    static Fleet of(int replicas, UnaryOperator<ServiceSettings> settings) {
        return of(replicas, LONG_TTL, settings);
    }

    static Fleet of(int replicas, Duration ttl, UnaryOperator<ServiceSettings> settings) {
        Fleet fleet = new Fleet(ttl, settings);
        for (int replica = 0; replica < replicas; replica++) {
            fleet.add();
        }
        return fleet;
    }

    /** Returns a builder of a further client of the same services; without a listener, with a deadline of 10 s. */
    DiscoveryClient.Builder builder() {
        return DiscoveryClient.builder()
                .namespace(NAMESPACE)
                .nameservers(List.of(dns.nameserver()))
                .loopback(true);
    }

    /** Returns what is behind a further client, as the process has these environment variables. */
    DiscoveryRuntime runtime(Map<String, String> environment, UnaryOperator<ServiceSettings> settings) {
        return new DiscoveryRuntime(
                new DiscoveryRuntime.Settings(
                        List.of(NAMESPACE),
                        List.of(dns.nameserver()),
                        List.of(),
                        true,
                        false,
                        DiscoveryRuntime.CLOUD_MAP_MAX_RECORDS,
                        List.of(),
                        Duration.ZERO,
                        settings,
                        Map.of(),
                        DiscoveryListener.NONE),
                environment);
    }

    /** Returns an HttpClient with the default connections. */
    static CloseableHttpClient httpClient(DiscoveryRuntime runtime) {
        HttpClientBuilder builder = HttpClientBuilder.create();
        runtime.configure(builder, DiscoveryRuntime.connections(), UnaryOperator.identity());
        return builder.build();
    }

    /** Starts a further replica and registers it. */
    Backend add() {
        return add(Backend.start());
    }

    /** Registers a further replica. It is closed with the fleet. */
    Backend add(Backend backend) {
        backends.add(backend);
        cloudMap.register(
                SERVICE,
                "task" + backends.size(),
                backend.address().getAddress(),
                backend.address().getPort());
        return backend;
    }

    /** Removes a replica from DNS; it continues to run. */
    void deregister(Backend backend) {
        cloudMap.deregister(SERVICE, "task" + (backends.indexOf(backend) + 1));
    }

    Backend backend(int index) {
        return backends.get(index);
    }

    List<Backend> backends() {
        return backends;
    }

    CloudMap cloudMap() {
        return cloudMap;
    }

    DnsServer dns() {
        return dns;
    }

    DiscoveryClient client() {
        return client;
    }

    Events events() {
        return events;
    }

    /** Returns the number of requests that all replicas together have executed. */
    int executed() {
        return backends.stream().mapToInt(backend -> backend.executed().size()).sum();
    }

    /** Returns the status of all endpoints of the service. */
    List<EndpointStatus> endpoints() {
        return client.status().get(0).endpoints();
    }

    /** Returns the status of a replica. */
    EndpointStatus status(Backend backend) {
        return endpoints().stream()
                .filter(status -> status.endpoint().toString().equals(backend.name()))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the number of attempts in flight at all endpoints. */
    int inFlight() {
        return endpoints().stream().mapToInt(EndpointStatus::inFlight).sum();
    }

    /** Sends a GET and returns the body, which is the name of the backend unless it behaves otherwise. */
    String get() throws IOException {
        return send(new HttpGet(URL + "/api")).body();
    }

    /** Sends a GET, for callers that expect a response. */
    String getUnchecked() {
        return Load.unchecked(this::get);
    }

    /** Sends a number of GETs and returns the different bodies. */
    Set<String> getsUnchecked(int calls) {
        return Stream.generate(this::getUnchecked).limit(calls).collect(Collectors.toSet());
    }

    /** Sends a GET that must succeed; returns true, for conditions. */
    boolean gets() {
        return !getUnchecked().isEmpty();
    }

    /** Sends a POST and returns the body of the response. */
    String postUnchecked(String body) {
        return Load.unchecked(() -> post(body).body());
    }

    /** Sends a POST and returns the response. */
    Response post(String body) throws IOException {
        return post(body, Map.of());
    }

    Response post(String body, Map<String, String> headers) throws IOException {
        HttpPost post = new HttpPost(URL + "/orders");
        post.setEntity(new StringEntity(body));
        headers.forEach(post::addHeader);
        return send(post);
    }

    Response send(ClassicHttpRequest request) throws IOException {
        return send(client.httpClient(), request);
    }

    static Response send(HttpClient client, ClassicHttpRequest request) throws IOException {
        return client.execute(request, Response::of);
    }

    /**
     * A response, read to its end.
     *
     * @param headers by name in lower case
     * @param body decoded as UTF-8; empty without one
     */
    record Response(int status, Map<String, String> headers, String body) {

        static Response of(ClassicHttpResponse response) throws IOException {
            HttpEntity entity = response.getEntity();
            byte[] bytes = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
            Map<String, String> headers = Stream.of(response.getHeaders())
                    .collect(Collectors.toMap(
                            header -> header.getName().toLowerCase(Locale.ROOT),
                            Header::getValue,
                            (one, other) -> one + ", " + other));
            return new Response(response.getCode(), headers, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** An attempt as the listener was told of it. */
    record Attempted(String endpoint, String outcome, boolean hedged) {}

    /** What the client reports to its listener. */
    static final class Events implements DiscoveryListener {

        private record Change(String endpoint, EndpointState state) {}

        private final LongAdder attempts = new LongAdder();
        private final LongAdder failedAttempts = new LongAdder();
        private final Queue<Attempted> latestAttempts = new ConcurrentLinkedQueue<>();
        private final Queue<String> calls = new ConcurrentLinkedQueue<>();
        private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

        @Override
        public void onCall(String service, String outcome, Duration duration) {
            calls.add(outcome);
        }

        @Override
        public void onAttempt(String service, Endpoint endpoint, String outcome, boolean hedged) {
            attempts.increment();
            if (!outcome.equals("success") && !outcome.equals("cancelled")) {
                failedAttempts.increment();
            }
            latestAttempts.add(new Attempted(endpoint.toString(), outcome, hedged));
        }

        @Override
        public void onEndpointChange(String service, Endpoint endpoint, EndpointState state, String reason) {
            changes.add(new Change(endpoint.toString(), state));
        }

        /** Returns the number of attempts. */
        long attempts() {
            return attempts.sum();
        }

        /** Returns the number of failed attempts; cancelled ones are not failed. */
        int failedAttempts() {
            return failedAttempts.intValue();
        }

        /** Returns all attempts in order. */
        Collection<Attempted> all() {
            return List.copyOf(latestAttempts);
        }

        /** Returns the outcomes of all calls in order. */
        List<String> calls() {
            return List.copyOf(calls);
        }

        /** Returns the states of an endpoint in order. */
        List<EndpointState> states(Backend backend) {
            return changes.stream()
                    .filter(change -> change.endpoint().equals(backend.name()))
                    .map(Change::state)
                    .toList();
        }
    }

    @Override
    public void close() {
        client.close();
        backends.forEach(Backend::close);
        dns.close();
    }
}
