package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.balancer.Zone;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.http.SimulatedNetwork.Mode;
import dev.tradingplatform.discovery.http.SimulatedNetwork.Server;
import dev.tradingplatform.discovery.test.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hours of calls in virtual time while servers join, leave, crash, slow down and fail, and DNS answers in part, not at
 * all, or wrongly. Everything is the real code but for the network: HttpClient's chain, the calls, the pool, the cache.
 */
class SimulationTest {

    private static final Duration LENGTH = Duration.ofHours(1);
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final double CALLS_PER_SECOND = 10;
    private static final double CALLS_PER_SECOND_IN_A_RUSH = 150;
    private static final int MAX_RECORDS = 8;
    private static final int MIN_SERVERS = 2;
    private static final int MAX_SERVERS = 12;

    /** The longest ejection, and the trial that ends it. */
    private static final Duration MAX_WITHOUT_CALLS = Duration.ofSeconds(150);

    /** Wrong answers of DNS bring back endpoints of the last ten minutes, until a connection to them fails. */
    private static final Duration MAX_REMOVAL = Duration.ofMinutes(15);

    private static final Duration BUDGET_WINDOW = Duration.ofSeconds(5);

    /** Faults before this time do not concern a call. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final VirtualTime time = new VirtualTime();
    private final ManualClock wallClock = new ManualClock();
    private final List<String> violations = new ArrayList<>();

    private Random random = new Random(0);
    private final SimulatedNetwork network = new SimulatedNetwork(time, new Rules());
    private final List<Server> listed = new ArrayList<>();
    private final Map<Server, Duration> leftDns = new HashMap<>();
    private final Map<Server, Duration> healthySince = new HashMap<>();
    private final Map<Server, Duration> lastExecution = new HashMap<>();
    private final Set<Endpoint> removed = new HashSet<>();
    private final Map<String, Duration> deadlines = new HashMap<>();
    private final Map<String, Integer> executions = new HashMap<>();
    private int servers;
    private boolean dnsFails;
    private Duration lastDnsFault = Duration.ZERO;
    private boolean rush;
    private int calls;
    private int executed;
    private int gets;
    private int serverErrors;

    private void violated(String rule) {
        violations.add("at " + time.elapsed() + ": " + rule);
    }

    /** What must hold whenever something is sent. */
    private final class Rules implements SimulatedNetwork.Observer {

        @Override
        public void attempted(Server server) {
            if (removed.contains(server.endpoint())) {
                violated("an attempt at " + server.endpoint() + ", which the client has removed");
            }
            Duration left = leftDns.get(server);
            if (left != null && time.elapsed().minus(left).compareTo(MAX_REMOVAL) > 0) {
                violated("an attempt at " + server.endpoint() + ", which left DNS at " + left);
            }
        }

        @Override
        public void executed(Server server, String callId) {
            executed++;
            lastExecution.put(server, time.elapsed());
            if (time.elapsed().compareTo(deadlines.get(callId)) > 0) {
                violated("call " + callId + " was sent after its deadline " + deadlines.get(callId));
            }
            if (executions.merge(callId, 1, Integer::sum) > 1 && callId.startsWith("POST")) {
                violated("call " + callId + " was executed twice");
            }
        }
    }

    private final class Events implements DiscoveryListener {

        @Override
        public void onEndpointChange(String service, Endpoint endpoint, EndpointState state, String reason) {
            if (state == EndpointState.REMOVED) {
                removed.add(endpoint);
            } else {
                removed.remove(endpoint);
            }
        }
    }

    private Resolution resolve() {
        time.sleep(SimulatedNetwork.ROUND_TRIP);
        if (dnsFails) {
            return switch (random.nextInt(3)) {
                case 0 -> new Resolution.Unavailable("SERVFAIL");
                case 1 -> new Resolution.Absent(TTL, "no records", true);
                default -> found(1 + random.nextInt(listed.size()), true);
            };
        }
        return found(Math.min(listed.size(), MAX_RECORDS), listed.size() < MAX_RECORDS);
    }

    private Resolution found(int records, boolean complete) {
        List<Server> shuffled = new ArrayList<>(listed);
        Collections.shuffle(shuffled, random);
        return new Resolution.Found(
                shuffled.subList(0, records).stream()
                        .map(server -> new Target(server.endpoint(), 1, 1))
                        .toList(),
                complete,
                TTL,
                "");
    }

    private Server join() {
        Server server = network.add(++servers, usualLatency());
        listed.add(server);
        healthySince.put(server, time.elapsed());
        return server;
    }

    private Duration usualLatency() {
        return Duration.ofMillis(2 + random.nextInt(20));
    }

    private Duration seconds(int min, int max) {
        return Duration.ofMillis(1_000L * min + random.nextInt(1_000 * (max - min)));
    }

    /** Takes a server out of DNS, and stops it some seconds later. */
    private void unregister(Server server) {
        if (listed.size() > 1 && listed.remove(server)) {
            leftDns.put(server, time.elapsed());
            healthySince.remove(server);
            time.after(seconds(0, 30), () -> stop(server));
        }
    }

    /** Something happens, and something else some seconds later. */
    private void happen() {
        Server any = listed.get(random.nextInt(listed.size()));
        switch (random.nextInt(10)) {
            case 0 -> {
                if (listed.size() < MAX_SERVERS) {
                    join();
                }
            }
            case 1 -> {
                if (listed.size() > MIN_SERVERS) {
                    unregister(any);
                }
            }
            case 2 -> crash(any, Mode.REFUSING);
            case 3 -> crash(any, Mode.UNREACHABLE);
            case 4 -> trouble(any, Mode.FROZEN, seconds(1, 20));
            case 5 -> trouble(any, Mode.OVERLOADED, seconds(1, 30));
            case 6 -> trouble(any, Mode.FAILING, seconds(1, 30));
            case 7 -> trouble(any, Mode.RESETTING, seconds(1, 30));
            case 8 -> {
                Duration duration = seconds(2, 10);
                rush = true;
                time.after(duration, () -> rush = false);
                if (random.nextBoolean()) {
                    List.copyOf(listed).forEach(server -> trouble(server, Mode.OVERLOADED, duration));
                }
            }
            default -> {
                dnsFails = true;
                time.after(seconds(1, 60), () -> {
                    dnsFails = false;
                    lastDnsFault = time.elapsed();
                });
            }
        }
        if (random.nextInt(4) == 0) {
            slowDown(listed.get(random.nextInt(listed.size())));
        }
        time.after(seconds(1, 20), this::happen);
    }

    // Replaced before it leaves DNS, as by ECS.
    private void crash(Server server, Mode mode) {
        if (listed.size() < MAX_SERVERS) {
            join();
            server.mode(mode);
            healthySince.remove(server);
            time.after(seconds(5, 40), () -> unregister(server));
        }
    }

    private void stop(Server server) {
        if (server.mode() != Mode.UNREACHABLE) {
            server.mode(Mode.REFUSING);
        }
    }

    private void trouble(Server server, Mode mode, Duration duration) {
        if (server.mode() != Mode.RESPONDING) {
            return;
        }
        server.mode(mode);
        healthySince.remove(server);
        time.after(duration, () -> recover(server));
    }

    private void slowDown(Server server) {
        server.latency(Duration.ofMillis(200 + random.nextInt(1_500)));
        healthySince.remove(server);
        time.after(seconds(5, 60), () -> {
            server.latency(usualLatency());
            recover(server);
        });
    }

    private void recover(Server server) {
        if (listed.contains(server) && server.mode().acceptsConnections()) {
            server.mode(Mode.RESPONDING);
            healthySince.put(server, time.elapsed());
        }
    }

    private void checkNoServerStarves() {
        healthySince.forEach((server, since) -> {
            Duration last = lastExecution.getOrDefault(server, Duration.ZERO);
            Duration from = last.compareTo(since) > 0 ? last : since;
            if (!dnsFails && time.elapsed().minus(from).compareTo(MAX_WITHOUT_CALLS) > 0) {
                violated(server.endpoint() + " is healthy since " + since + " and has no calls since " + last);
            }
        });
        time.after(Duration.ofSeconds(10), this::checkNoServerStarves);
    }

    /** Attempts beyond the first of a call: the shares of the calls, some per second, and what was saved before. */
    private void checkTheBudgets(int callsBefore, int executedBefore) {
        int further = executed - executedBefore - (calls - callsBefore);
        double retries = 0.15 * (calls - callsBefore) + 5 * BUDGET_WINDOW.toSeconds() + 100;
        double hedged = 0.05 * (calls - callsBefore) + BUDGET_WINDOW.toSeconds() + 50;
        if (further > retries + hedged) {
            violated(further + " further attempts of " + (calls - callsBefore) + " calls");
        }
        int callsNow = calls;
        int executedNow = executed;
        time.after(BUDGET_WINDOW, () -> checkTheBudgets(callsNow, executedNow));
    }

    private void callInTurn(CloseableHttpClient client) {
        calls++;
        boolean get = random.nextInt(3) > 0;
        String callId = (get ? "GET-" : "POST-") + calls;
        HttpUriRequestBase request = get ? new HttpGet("http://stock-service/") : new HttpPost("http://stock-service/");
        request.setHeader("Call", callId);
        Duration deadline = time.elapsed().plus(DEADLINE);
        deadlines.put(callId, deadline);
        time.execute(() -> call(client, request, get));
        double pause = -Math.log(1 - random.nextDouble()) / (rush ? CALLS_PER_SECOND_IN_A_RUSH : CALLS_PER_SECOND);
        if (time.elapsed().compareTo(LENGTH) < 0) {
            time.after(Duration.ofNanos((long) (pause * 1e9)), () -> callInTurn(client));
        }
    }

    private void call(CloseableHttpClient client, HttpUriRequestBase request, boolean get) {
        Duration begin = time.elapsed();
        int status;
        try {
            status = client.execute(request, response -> {
                EntityUtils.consume(response.getEntity());
                return response.getCode();
            });
        } catch (IOException failure) {
            status = 0;
        }
        gets += get ? 1 : 0;
        if (get && halfAreHealthy()) {
            if (status == 500) {
                serverErrors++;
            } else if (status != 200) {
                violated("a GET failed although half of the servers are healthy, with status " + status);
            }
        }
        Duration took = time.elapsed().minus(begin);
        if (took.compareTo(DEADLINE.plusMillis(2 * AttemptDeadlines.INTERVAL_MILLIS)) > 0) {
            violated("a call took " + took);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void keepsItsRulesForHours(long seed) {
        random = new Random(seed);
        UnaryOperator<ServiceSettings> settings = defaults -> defaults.withDeadline(DEADLINE);
        for (int server = 0; server < 3; server++) {
            join();
        }
        ServiceRegistry services = new ServiceRegistry(
                new ServiceRegistry.Names(
                        List.of("trading-platform.local"),
                        Set.of(),
                        settings.apply(ServiceSettings.DEFAULTS),
                        Map.of()),
                (RecordType type) -> (name, port) -> resolve(),
                new Service.Environment(
                        new Events(), new Zone(List.of()), Duration.ZERO, time, wallClock, random, time, time, network),
                () -> {});
        EndpointConnections connections =
                new EndpointConnections(service -> pool(), new PoolingHttpClientConnectionManager(), closed -> {});
        services.add(connections);
        CloseableHttpClient client = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .addExecInterceptorBefore(
                        ChainElement.PROTOCOL.name(),
                        FailoverInterceptor.NAME,
                        new FailoverInterceptor(
                                services,
                                connections,
                                settings,
                                new Call.Environment(new AttemptDeadlines(time, time), time, random, time, time)))
                .build();
        maintain(services);
        time.execute(() -> callInTurn(client));
        time.after(seconds(1, 20), this::happen);
        time.after(MAX_WITHOUT_CALLS, this::checkNoServerStarves);
        time.after(BUDGET_WINDOW, () -> checkTheBudgets(0, 0));

        time.runUntil(LENGTH.plus(DEADLINE));

        assertThat(violations).isEmpty();
        // Status 500 is not retried, and an endpoint is ejected after three.
        assertThat(serverErrors).as("status 500 of %d GETs", gets).isLessThan(gets / 400);
    }

    /** Whether a call has no reason to fail, but for a status that is not retried. */
    private boolean halfAreHealthy() {
        Duration then = time.elapsed().minus(RECENT);
        long healthy = healthySince.values().stream()
                .filter(since -> since.compareTo(then) < 0)
                .count();
        return !dnsFails && lastDnsFault.compareTo(then) < 0 && 2 * healthy >= listed.size();
    }

    private void maintain(ServiceRegistry services) {
        time.after(Duration.ofSeconds(1), () -> {
            services.maintain();
            maintain(services);
        });
    }

    private PoolingHttpClientConnectionManager pool() {
        PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager(
                network,
                PoolConcurrencyPolicy.LAX,
                PoolReusePolicy.LIFO,
                TimeValue.of(5, TimeUnit.MINUTES),
                config -> network.newConnection());
        pool.setMaxTotal(Integer.MAX_VALUE);
        pool.setDefaultMaxPerRoute(Integer.MAX_VALUE);
        return pool;
    }
}
