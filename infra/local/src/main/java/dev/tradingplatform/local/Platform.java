package dev.tradingplatform.local;

import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import dev.tradingplatform.local.child.Child;
import dev.tradingplatform.local.child.Children;
import dev.tradingplatform.local.replica.Cluster;
import dev.tradingplatform.local.replica.HealthCheck;
import dev.tradingplatform.local.replica.Pace;
import dev.tradingplatform.local.replica.Replica;
import dev.tradingplatform.local.replica.ReplicaEvent;
import dev.tradingplatform.local.replica.ReplicaSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The whole platform: DNS in this process, every replica in one of its own. Safe for concurrent use. */
final class Platform implements AutoCloseable {

    /** What clients may remember of an empty service; Cloud Map's five minutes would be felt at every start. */
    private static final Duration NEGATIVE_TTL = Duration.ofSeconds(5);

    /** Long enough for a machine that starts everything at once; a process that ended is noticed without a check. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration GRACE = Duration.ofSeconds(4);
    private static final Duration AFTER_KILL = Duration.ofSeconds(2);

    private final DnsServer dns;
    private final List<Replica> replicas;

    /**
     * Opens DNS and prepares the rest.
     *
     * @param events is told what happens to replicas, from several threads
     */
    Platform(Options options, Layout layout, HttpClient http, Consumer<ReplicaEvent> events) throws IOException {
        SecureRandom random = new SecureRandom();
        CloudMapNamespace namespace =
                CloudMapNamespace.of(Services.NAMESPACE).withTtl(options.ttl()).withNegativeTtl(NEGATIVE_TTL);
        CloudMap cloudMap = new CloudMap(namespace, random);
        Children children = Children.logging(options.data().resolve("logs"));
        Cluster cluster = new Cluster(cloudMap, children, HealthCheck.readiness(http, HEALTH_TIMEOUT), events);
        dns = DnsServer.start(layout.dns().getAddress(), layout.dns().getPort(), cloudMap);
        replicas = specs(options, layout, dns.address()).stream()
                .map(spec -> new Replica(spec, cluster, Pace.local(), System::nanoTime, random))
                .toList();
    }

    /** Starts all processes at once; returns without waiting for any. */
    void start() {
        replicas.forEach(Replica::start);
    }

    /** Completes when all are ready, or as soon as one cannot be, then with a {@code StartFailure}. */
    CompletableFuture<?> ready() {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        CompletableFuture<?>[] each = replicas.stream()
                .map(replica -> replica.firstReady().whenComplete((_, failure) -> {
                    if (failure != null) {
                        failed.completeExceptionally(failure);
                    }
                }))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.anyOf(failed, CompletableFuture.allOf(each));
    }

    /** Those that are not ready yet. */
    List<String> awaited() {
        return replicas.stream()
                .filter(replica -> !replica.firstReady().isDone())
                .map(replica -> replica.spec().title())
                .toList();
    }

    /** All replicas, stock-service's first. */
    List<Replica> replicas() {
        return replicas;
    }

    /** Where DNS listens. */
    InetSocketAddress dns() {
        return dns.address();
    }

    /** Ends every process, those that do not want to by force, and returns when none is left. */
    @Override
    public void close() {
        replicas.forEach(Replica::askToStop);
        try {
            if (!allStopWithin(GRACE)) {
                replicas.forEach(replica -> replica.child().ifPresent(Child::kill));
                allStopWithin(AFTER_KILL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dns.close();
    }

    private boolean allStopWithin(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean all = true;
        for (Replica replica : replicas) {
            all &= replica.stopsWithin(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        return all;
    }

    private static List<ReplicaSpec> specs(Options options, Layout layout, InetSocketAddress dns) {
        List<ReplicaSpec> specs = new ArrayList<>();
        for (InetSocketAddress stock : layout.stocks()) {
            specs.add(Services.stock(specs.size() + 1, stock, options.stockJar(), options.database()));
        }
        specs.add(Services.signal(layout.signal(), options.signalJar(), dns));
        return specs;
    }
}
