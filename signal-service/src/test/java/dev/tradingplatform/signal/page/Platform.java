package dev.tradingplatform.signal.page;

import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsServer;
import dev.tradingplatform.signal.SignalServiceApplication;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.market.FakeStockService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** signal-service as it runs, DNS with Cloud Map's answers, and replicas that can be killed. */
final class Platform implements AutoCloseable {

    private static final String SERVICE = "stock-service";

    private final CloudMap cloudMap = new CloudMap(
            CloudMapNamespace.of("trading-platform.local").withNegativeTtl(Duration.ofSeconds(1)), new Random(1));
    private final List<FakeStockService> replicas = new ArrayList<>();
    private final DnsServer dns;
    private ConfigurableApplicationContext signalService;
    private final int port;

    Platform() {
        try {
            dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        signalService = run(0);
        port = signalService.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private ConfigurableApplicationContext run(int port) {
        return new SpringApplicationBuilder(SignalServiceApplication.class)
                .run(
                        "--server.port=" + port,
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--discovery.namespace=trading-platform.local",
                        "--discovery.loopback=true",
                        "--discovery.nameservers=127.0.0.1:" + dns.address().getPort());
    }

    /** Starts replicas that all have the same bars. */
    Platform with(int count) {
        for (int i = 0; i < count; i++) {
            FakeStockService replica = new FakeStockService();
            replica.importWith(file -> CsvImport.into(replica, file));
            replicas.add(replica);
            cloudMap.register(
                    SERVICE,
                    "i" + replica.url().getPort(),
                    InetAddress.getLoopbackAddress(),
                    replica.url().getPort());
        }
        return this;
    }

    /** Stores bars as an import does: every replica has them. */
    Platform store(String ticker, Bars bars) {
        replicas.forEach(replica -> replica.store(ticker, bars, 1));
        return this;
    }

    List<FakeStockService> replicas() {
        return List.copyOf(replicas);
    }

    /** Ends one replica as kill -9 does; DNS goes on naming it. */
    String kill(int index) {
        FakeStockService dead = replicas.get(index);
        dead.close();
        return endpoint(dead);
    }

    static String endpoint(FakeStockService replica) {
        return "127.0.0.1:" + replica.url().getPort();
    }

    void stopSignalService() {
        signalService.close();
    }

    /** Starts it again, where it was. */
    void startSignalService() {
        signalService = run(port);
    }

    /** @param query such as {@code ?ticker=SPY} */
    URI page(String query) {
        return URI.create("http://127.0.0.1:" + port + "/" + query);
    }

    @Override
    public void close() {
        signalService.close();
        replicas.forEach(FakeStockService::close);
        dns.close();
    }
}
