package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockServer;
import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.Assert;

/** One server for the tests of a class and each kind of storage; each test has tickers of its own. */
@ParameterizedClass
@EnumSource(TestStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiServer {

    static final String CSV = "text/csv";
    static final String JSON = "application/json";
    static final String HEADER = "timestamp,open,high,low,close,volume\n";

    @Parameter
    TestStorage storage = TestStorage.WRITE_AHEAD;

    private @Nullable StockServer server;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(@TempDir Path directory) {
        server = StockServer.on(storage, directory.resolve(storage.name()), settings());
    }

    /** Returns what is different from the defaults. */
    String[] settings() {
        return new String[] {"--stock.import.max-rows=2000", "--stock.import.max-size=200KB"};
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void stop() {
        StockServer running = server;
        if (running != null) {
            running.close();
            server = null;
        }
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
