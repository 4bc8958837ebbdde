package dev.tradingplatform.local.container;

import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.DnsServer;
import dev.tradingplatform.local.replica.HealthCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The program in the container {@code cloud-map}: answers DNS on port 53 as Cloud Map would, and shows on port 80 at
 * {@code /registry} what it knows.
 */
public final class CloudMapContainer {

    private static final InetSocketAddress DOCKER_DNS = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.11"), 53);
    private static final InetAddress EVERYWHERE = InetAddress.ofLiteral("0.0.0.0");
    private static final int DNS_PORT = 53;
    private static final int HTTP_PORT = 80;

    private static final Duration DNS_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** Long enough for a machine that starts everything at once. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);

    /** ECS checks every 30 s by default; nobody wants to watch that. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private static final int INSTANCE_ID_BYTES = 16;

    private CloudMapContainer() {}

    /** Runs until it is told to stop. Takes no arguments: see {@link Settings} for the environment. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings settings = Settings.of(System.getenv());
        SecureRandom random = new SecureRandom();
        CloudMap cloudMap = new CloudMap(settings.cloudMapNamespace(), random);
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
        List<ServiceWatch> watches = watches(settings, cloudMap, HealthCheck.readiness(http, HEALTH_TIMEOUT), random);
        // Before it answers: after a restart of its own it must not say that nobody is there.
        look(watches);
        try (DnsServer _ = DnsServer.start(EVERYWHERE, DNS_PORT, cloudMap)) {
            var _ = new RegistryPage(cloudMap, settings.services()).serve(new InetSocketAddress(EVERYWHERE, HTTP_PORT));
            CountDownLatch never = new CountDownLatch(1);
            while (!never.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look(watches);
            }
        }
    }

    private static List<ServiceWatch> watches(
            Settings settings, CloudMap cloudMap, HealthCheck health, RandomGenerator random) throws IOException {
        Membership membership = Membership.docker(DOCKER_DNS, DNS_TIMEOUT);
        return settings.services().stream()
                .map(service -> new ServiceWatch(service, cloudMap, membership, health, () -> newInstanceId(random)))
                .toList();
    }

    private static void look(List<ServiceWatch> watches) throws InterruptedException {
        for (ServiceWatch watch : watches) {
            watch.look();
        }
    }

    private static String newInstanceId(RandomGenerator random) {
        byte[] id = new byte[INSTANCE_ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
