package dev.tradingplatform.signal.page;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A platform whose replicas come and go, and the page's address on it. */
final class Stage implements AutoCloseable {

    private final List<FakeStockService> replicas = new ArrayList<>();
    private final Platform platform;

    Stage() {
        this("logging.level.root=warn");
    }

    /** @param settings of signal-service, such as {@code server.port=0} */
    Stage(String... settings) {
        platform = Platform.with(List.of(), settings);
    }

    /** Starts replicas. */
    Stage with(int count) {
        for (int i = 0; i < count; i++) {
            FakeStockService replica = new FakeStockService();
            replica.importWith(file -> CsvImport.into(replica, file));
            replicas.add(replica);
            platform.register(replica);
        }
        return this;
    }

    /** Stores bars as an import does: every replica has them. */
    Stage store(String ticker, Bars bars) {
        replicas.forEach(replica -> replica.store(ticker, bars, 1));
        return this;
    }

    List<FakeStockService> replicas() {
        return List.copyOf(replicas);
    }

    /** Ends one replica as kill -9 does, DNS goes on naming it; returns its address and port. */
    String kill(int index) {
        FakeStockService dead = replicas.get(index);
        dead.close();
        return "127.0.0.1:" + dead.url().getPort();
    }

    void stopSignalService() {
        platform.stopService();
    }

    /** Starts it again, where it was. */
    void startSignalService() {
        platform.startService();
    }

    /** Takes one of the seats for those who follow the endpoints; to be closed. */
    InputStream follow() {
        return platform.open("discovery/stream").body();
    }

    /** @param query such as {@code ?ticker=SPY} */
    URI page(String query) {
        return URI.create("http://127.0.0.1:" + platform.port() + "/" + query);
    }

    @Override
    public void close() {
        platform.close();
        replicas.forEach(FakeStockService::close);
    }
}
