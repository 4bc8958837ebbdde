package dev.tradingplatform.stock.testing;

import dev.tradingplatform.stock.StockServiceApplication;
import dev.tradingplatform.stock.storage.NetworkFileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The three ways quotes are kept; whatever works in one works in all. */
public enum TestStorage {
    /** A SQLite file on a local disk. */
    WRITE_AHEAD,
    /** A SQLite file on what the service takes for a network file system. */
    ROLLBACK,
    /** A PostgreSQL database. */
    POSTGRESQL;

    /** Returns where one new database is, as settings; aborts the test where there is no PostgreSQL. */
    public List<String> settings(Path directory) {
        if (this != POSTGRESQL) {
            return List.of("--stock.database.file=" + directory.resolve("stock.db"));
        }
        Optional<String> url = PostgresServer.newDatabase();
        Assumptions.assumeTrue(url.isPresent(), "there is no PostgreSQL on this machine");
        return List.of("--stock.database.url=" + url.orElseThrow());
    }

    /** Returns the application, and with it what makes it take any directory for one of a network. */
    Class<?>[] sources() {
        return this == ROLLBACK
                ? new Class<?>[] {StockServiceApplication.class, NetworkFileSystem.class}
                : new Class<?>[] {StockServiceApplication.class};
    }
}
