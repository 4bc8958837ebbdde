package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.balancer.Zone;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.ServiceName;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.dns.Wait;
import dev.tradingplatform.discovery.http.ServiceRegistry.Names;
import dev.tradingplatform.discovery.test.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRegistryTest {

    private static final ServiceSettings USUAL = ServiceSettings.DEFAULTS;

    private final Names names = new Names(
            List.of("trading-platform.local", "payments.internal"),
            Set.of("legacy", "excluded.trading-platform.local"),
            USUAL,
            Map.of("slow.trading-platform.local", USUAL.withDeadline(Duration.ofMinutes(1))));

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final Resolution found = new Resolution.Found(
            List.of(new Target(new Endpoint(InetAddress.getLoopbackAddress(), 80), 1, 1)),
            true,
            Duration.ofSeconds(5),
            "");
    private final ServiceRegistry registry = new ServiceRegistry(
            names,
            type -> (name, port) -> {
                lookups.incrementAndGet();
                return found;
            },
            new Service.Environment(
                    DiscoveryListener.NONE,
                    new Zone(List.of()),
                    Duration.ZERO,
                    clock,
                    clock,
                    new Random(1),
                    Runnable::run,
                    Wait.REAL_TIME,
                    Service.Prober.TCP),
            closes::incrementAndGet);

    @ParameterizedTest
    @CsvSource({
        "stock-service, stock-service.trading-platform.local",
        "STOCK-Service, stock-service.trading-platform.local",
        "stock-service., stock-service.trading-platform.local",
        "my_service, my_service.trading-platform.local",
        "stock-service.trading-platform.local, stock-service.trading-platform.local",
        "Stock-Service.Trading-Platform.LOCAL., stock-service.trading-platform.local",
        "_http._tcp.stock.trading-platform.local, _http._tcp.stock.trading-platform.local",
        "a.b.trading-platform.local, a.b.trading-platform.local",
        "billing.payments.internal, billing.payments.internal"
    })
    void findsServiceNames(String host, String name) {
        assertThat(names.serviceName(host)).contains(new ServiceName(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "LOCALHOST.",
                "app.localhost",
                "10.0.1.7",
                "127.1",
                "80",
                "::1",
                "[::1]",
                "2001:db8::1",
                "example.com",
                "trading-platform.local",
                "xtrading-platform.local",
                "stock-service.trading-platform.local.evil.com",
                "stock-service..",
                "a..trading-platform.local",
                "-stock",
                "stock-",
                "a b",
                "\u00fcmlaut",
                "${unset}",
                "legacy",
                "Legacy.",
                "excluded.trading-platform.local",
                "EXCLUDED.trading-platform.local."
            })
    void findsNoOtherHosts(String host) {
        assertThat(names.serviceName(host)).isEmpty();
    }

    @Test
    void findsNamesUpToTheLongestLabel() {
        assertThat(names.serviceName("a".repeat(63))).isPresent();
        assertThat(names.serviceName("a".repeat(64))).isEmpty();
    }

    @Test
    void givesEachServiceItsSettings() {
        assertThat(registry.settings("slow.trading-platform.local").deadline()).isEqualTo(Duration.ofMinutes(1));
        assertThat(registry.settings("stock-service.trading-platform.local")).isEqualTo(USUAL);
        assertThat(call("slow").settings().deadline()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "http://stock-service, true",
        "HTTPS://STOCK-SERVICE:8443/x, true",
        "http://my_service/, true",
        "http://my_service:8080/, true",
        "http://user@my_service:8080/, true",
        "http://billing.payments.internal., true",
        "http://example.com/, false",
        "http://10.0.1.7/, false",
        "http://[::1]:80/, false",
        "http://localhost:8080/, false",
        "http://legacy/, false",
        "ftp://stock-service/, false",
        "/relative, false",
        "mailto:stock-service, false"
    })
    void servesUrlsOfServices(String url, boolean served) {
        assertThat(registry.serves(URI.create(url))).isEqualTo(served);
        assertThat(lookups).as("nothing is looked up for that").hasValue(0);
    }

    private Service service(String host) {
        return registry.find(new HttpGet("http://" + host + "/")).orElseThrow();
    }

    private Service call(String host) {
        return Load.unchecked(() -> {
            Service service = service(host);
            registry.enter(service, 1_000);
            registry.leave(service);
            return service;
        });
    }

    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            registry.maintain();
        }
    }

    @Test
    void forgetsNamesWithFewCallsAfterHalfAMinute() {
        for (int name = 0; name < 100; name++) {
            call("name" + name);
        }

        pass(Duration.ofSeconds(29));
        assertThat(registry.status()).hasSize(100);

        pass(Duration.ofSeconds(1));
        assertThat(registry.status()).isEmpty();
        int before = lookups.get();
        pass(Duration.ofMinutes(1));
        assertThat(lookups).hasValue(before);
    }

    @Test
    void forgetsANameThatIsCalledRegularlyAfterFiveMinutes() {
        for (int calls = 0; calls < 10; calls++) {
            call("stock-service");
        }

        pass(Duration.ofSeconds(299));
        assertThat(registry.status()).hasSize(1);

        pass(Duration.ofSeconds(1));
        assertThat(registry.status()).isEmpty();
    }

    @Test
    void keepsANameWhileACallIsInFlight() throws IOException {
        Service service = service("stock-service");
        registry.enter(service, 1);

        pass(Duration.ofMinutes(10));
        assertThat(registry.status()).hasSize(1);

        registry.leave(service);
        pass(Duration.ofSeconds(1));
        assertThat(registry.status()).isEmpty();
    }

    @Test
    void looksANameUpAgainWhileItIsInUse() {
        call("stock-service");
        registry.maintain();
        assertThat(lookups).hasValue(1);

        pass(Duration.ofSeconds(20));

        assertThat(lookups).as("TTL 5 s, with jitter").hasValueBetween(4, 7);
    }

    @Test
    void rejectsCallsAfterItIsClosedAndTellsWhenTheLastOneLeaves() throws IOException {
        Service service = service("stock-service");
        registry.enter(service, 10);

        registry.close();

        assertThat(closes).hasValue(0);
        assertThatExceptionOfType(DiscoveryException.Rejected.class)
                .isThrownBy(() -> registry.enter(service, 10))
                .withMessageContaining("the client is closed");
        assertThat(closes).hasValue(0);
        registry.leave(service);
        assertThat(closes).hasValue(1);
        assertThat(registry.serves(URI.create("http://stock-service/"))).isFalse();
        assertThat(registry.endpoints("stock-service")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a..b",
                "-",
                "http://stock-service",
                "stock-service:80",
                "example.com",
                "10.0.0.1"
            })
    void hasNoEndpointsForTextsThatAreNoServiceNames(String text) {
        assertThat(registry.endpoints(text)).isEmpty();
    }

    @Test
    void listsTheEndpointsOfAService() {
        assertThat(registry.endpoints("STOCK-SERVICE"))
                .containsExactly(new Endpoint(InetAddress.getLoopbackAddress(), 80));
        assertThat(registry.status()).singleElement().satisfies(status -> {
            assertThat(status.service()).isEqualTo("stock-service.trading-platform.local");
            assertThat(status.recordType()).isEqualTo(RecordType.SRV);
        });
    }
}
