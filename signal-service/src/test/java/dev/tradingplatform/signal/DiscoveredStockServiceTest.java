package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The road from a request to a replica and back, through DNS on loopback. */
@SpringBootTest(
        properties = {"discovery.namespace=trading-platform.local", "discovery.loopback=true", "discovery.deadline=3s"})
@AutoConfigureMockMvc
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class DiscoveredStockServiceTest {

    private static final CloudMap CLOUD_MAP = new CloudMap(
            CloudMapNamespace.of("trading-platform.local").withNegativeTtl(Duration.ofSeconds(1)), new Random(1));
    private static final DnsServer DNS = DnsServer.start(CLOUD_MAP);

    private final List<FakeStockService> replicas =
            List.of(new FakeStockService(), new FakeStockService(), new FakeStockService());

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JsonMapper json;

    @DynamicPropertySource
    static void nameserver(DynamicPropertyRegistry registry) {
        registry.add("discovery.nameservers", DNS::nameserver);
    }

    @BeforeEach
    void register() {
        CLOUD_MAP.instances("stock-service").forEach(old -> CLOUD_MAP.deregister("stock-service", old.id()));
        for (FakeStockService replica : replicas) {
            replica.store("SPY", SampleBars.randomWalk(1, 100), 17);
            CLOUD_MAP.register(
                    "stock-service",
                    "i" + replica.url().getPort(),
                    InetAddress.getLoopbackAddress(),
                    replica.url().getPort());
        }
    }

    @AfterEach
    void stop() {
        replicas.forEach(FakeStockService::close);
    }

    @AfterAll
    static void close() {
        DNS.close();
    }

    @Test
    void noRequestFailsWhenAReplicaDies() {
        Set<String> before = endpointsOf(100);
        FakeStockService dead = replicas.get(1);
        dead.close();

        Set<String> after = endpointsOf(100);

        assertThat(before).hasSize(3);
        assertThat(after).hasSize(2).doesNotContain(endpoint(dead));
    }

    @Test
    void discoveryShowsEveryEndpointAndWhatWentToIt() {
        endpointsOf(10);

        JsonNode service = get("/api/v1/discovery").at("/services/0");

        assertThat(service.get("service").asString()).isEqualTo("stock-service.trading-platform.local");
        assertThat(service.get("record").asString()).isEqualTo("SRV");
        assertThat(service.get("ttlLeftSeconds").asDouble()).isBetween(1.0, 60.0);
        assertThat(service.get("endpoints")).hasSize(3);
        double share = 0;
        int attempts = 0;
        for (JsonNode endpoint : service.get("endpoints")) {
            assertThat(endpoint.get("state").asString()).isEqualTo("ACTIVE");
            share += endpoint.at("/traffic/share").asDouble();
            attempts += endpoint.at("/traffic/attempts").asInt();
        }
        assertThat(share).isBetween(0.999, 1.001);
        assertThat(attempts).isEqualTo(10);
    }

    @Test
    void servesTheCopyWhenEveryReplicaIsDeadAnd503Without() {
        endpointsOf(1);
        replicas.forEach(FakeStockService::close);

        JsonNode stale = get("/api/v1/signals/SPY");
        MvcTestResult without = mvc.get().uri("/api/v1/signals/OTHER").exchange();

        assertThat(stale.at("/source/stale").asBoolean()).isTrue();
        assertThat(stale.at("/source/revision").asInt()).isEqualTo(17);
        assertThat(without).hasStatus(503).hasHeader("Retry-After", "5");
        assertThat(without).bodyJson().extractingPath("type").isEqualTo("urn:problem:no-endpoint");
    }

    @Test
    void serviceThatDnsDoesNotKnowIs503() {
        CLOUD_MAP.instances("stock-service").forEach(old -> CLOUD_MAP.deregister("stock-service", old.id()));

        MvcTestResult result = mvc.get().uri("/api/v1/signals/SPY").exchange();

        assertThat(result).hasStatus(503);
        assertThat(result)
                .bodyJson()
                .extractingPath("detail")
                .asString()
                .startsWith("stock-service.trading-platform.local has no endpoint");
    }

    private Set<String> endpointsOf(int requests) {
        Set<String> endpoints = new TreeSet<>();
        for (int i = 0; i < requests; i++) {
            JsonNode source = get("/api/v1/signals/SPY").get("source");
            assertThat(source.get("stale").asBoolean()).isFalse();
            endpoints.add(source.get("endpoint").asString());
        }
        return endpoints;
    }

    private static String endpoint(FakeStockService replica) {
        return "127.0.0.1:" + replica.url().getPort();
    }

    private JsonNode get(String url) {
        MvcTestResult result = mvc.get().uri(url).exchange();
        assertThat(result).hasStatusOk();
        return json.readTree(result.getResponse().getContentAsByteArray());
    }
}
