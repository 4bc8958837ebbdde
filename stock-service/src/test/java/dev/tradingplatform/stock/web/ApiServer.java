package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.Assert;

/** One server for the tests of a class; each test has tickers of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiServer {

    static final String CSV = "text/csv";
    static final String JSON = "application/json";
    static final String HEADER = "timestamp,open,high,low,close,volume\n";

    private @Nullable StockServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = StockServer.on(
                directory.resolve("stock.db"), "--stock.import.max-rows=2000", "--stock.import.max-size=200KB");
    }

    @AfterAll
    void stop() {
        running().close();
    }

    StockCalls api() {
        return running().calls();
    }

    int port() {
        return running().port();
    }

    /** Imports daily bars that start on 2024-01-01 and close at 1, 2, 3 and so on. */
    void givenDays(String ticker, int days) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int day = 1; day <= days; day++) {
            csv.append("2024-01-%02d,%d,%d,%d,%d,%d\n".formatted(day, day, day, day, day, day * 100));
        }
        api().post("/api/v1/data/" + ticker, CSV, csv.toString());
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }
}
