package dev.tradingplatform.stock.testing;

import dev.tradingplatform.stock.StockServiceApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service within this process, on a port of its own. */
public final class StockServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private StockServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the service on a file. */
    public static StockServer on(Path file, String... settings) {
        List<String> all = new ArrayList<>(List.of("--stock.database.file=" + file));
        all.addAll(List.of(settings));
        return start(TestStorage.WRITE_AHEAD, all);
    }

    /** Starts the service on a file, with another part beside its own. */
    public static StockServer with(Class<?> part, Path file, String... settings) {
        List<String> all = new ArrayList<>(List.of("--stock.database.file=" + file));
        all.addAll(List.of(settings));
        return start(new Class<?>[] {StockServiceApplication.class, part}, all);
    }

    /** Starts the service on a new database of a kind. */
    public static StockServer on(TestStorage storage, Path directory, String... settings) {
        List<String> all = new ArrayList<>(storage.settings(directory));
        all.addAll(List.of(settings));
        return start(storage, all);
    }

    private static StockServer start(TestStorage storage, List<String> settings) {
        return start(storage.sources(), settings);
    }

    private static StockServer start(Class<?>[] sources, List<String> settings) {
        List<String> arguments =
                new ArrayList<>(List.of("--server.address=127.0.0.1", "--server.port=0", "--stock.instance-id=test"));
        arguments.addAll(settings);
        return new StockServer(SpringApplication.run(sources, arguments.toArray(String[]::new)));
    }

    /** Returns what calls it. */
    public StockCalls calls() {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return new StockCalls("http://127.0.0.1:" + port);
    }

    /** Returns a part of it. */
    public <T> T part(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Returns its port on 127.0.0.1. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
