package dev.tradingplatform.stock.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Several processes of the service on one new database, started at the same moment. */
public final class StockReplicas implements AutoCloseable {

    private final List<StockProcess> processes;

    private StockReplicas(List<StockProcess> processes) {
        this.processes = processes;
    }

    /**
     * Starts processes, and does not wait for them.
     *
     * @param count how many; they are named replica-0, replica-1 and so on
     */
    public static StockReplicas start(TestStorage storage, Path directory, int count) {
        List<String> settings = storage.settings(directory.resolve(storage.name()));
        return new StockReplicas(IntStream.range(0, count)
                .mapToObj(i -> StockProcess.on(storage, settings, "replica-" + i))
                .toList());
    }

    /** Waits until all of them are ready, and returns what calls each, in their order. */
    public List<StockCalls> calls() {
        return processes.stream().map(StockProcess::calls).toList();
    }

    @Override
    public void close() {
        processes.forEach(StockProcess::close);
    }
}
