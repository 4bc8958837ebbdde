package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * {@code POST /actuator/integrity}: checks the database while the service works: the pages and indexes of a SQLite
 * file, and whether the row of each series agrees with its bars. It is a POST because it reads the whole database: it
 * needs a token where writes do, and no page of another site can start it.
 */
@Component
@WebEndpoint(id = "integrity")
final class IntegrityEndpoint {

    private static final int LISTED = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Storage storage;
    private final LongSupplier nanoTime;

    IntegrityEndpoint(Storage storage, LongSupplier nanoTime) {
        this.storage = storage;
        this.nanoTime = nanoTime;
    }

    /**
     * The result of a check that found no fault.
     *
     * @param series that have bars
     * @param bars of all series
     * @param seconds that the check took
     */
    record Report(long series, long bars, double seconds) {}

    /** Checks the database; answers 500 {@code database-damaged} with the first hundred faults. */
    @WriteOperation
    WebEndpointResponse<Object> check() {
        long begun = nanoTime.getAsLong();
        Optional<String> fileFault = storage.fileFault();
        return fileFault.isPresent()
                ? damaged(List.of(fileFault.get()))
                : storage.read(transaction -> {
                    List<String> faults = contradictions(transaction);
                    return faults.isEmpty() ? new WebEndpointResponse<>(count(transaction, begun)) : damaged(faults);
                });
    }

    private Report count(Transaction transaction, long begun) {
        return transaction
                .sql()
                .sql("SELECT count(*), coalesce(sum(bars), 0) FROM ticker WHERE bars > 0")
                .query((row, _) ->
                        new Report(row.getLong(1), row.getLong(2), (nanoTime.getAsLong() - begun) / NANOS_PER_SECOND))
                .single();
    }

    private static List<String> contradictions(Transaction transaction) {
        return transaction
                .sql()
                .sql("SELECT coalesce(t.ticker, q.ticker), coalesce(t.timeframe, q.timeframe),"
                        + " coalesce(t.bars, 0), coalesce(q.bars, 0), t.first_ts, q.first_ts, t.last_ts, q.last_ts"
                        + " FROM ticker t FULL JOIN (SELECT ticker, timeframe, count(*) AS bars, min(ts) AS first_ts,"
                        + " max(ts) AS last_ts FROM quote GROUP BY ticker, timeframe) q"
                        + " ON q.ticker = t.ticker AND q.timeframe = t.timeframe"
                        + " WHERE coalesce(t.bars, 0) <> coalesce(q.bars, 0)"
                        + " OR t.first_ts IS DISTINCT FROM q.first_ts OR t.last_ts IS DISTINCT FROM q.last_ts"
                        + " LIMIT " + LISTED)
                .query((row, _) -> "%s %s: %d bars from %s to %s, but its row says %d from %s to %s"
                        .formatted(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(4),
                                row.getString(6),
                                row.getString(8),
                                row.getLong(3),
                                row.getString(5),
                                row.getString(7)))
                .list();
    }

    private static WebEndpointResponse<Object> damaged(List<String> faults) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The database is damaged: " + faults.getFirst() + ". Restore a backup, or export what can be read.");
        problem.setType(URI.create("urn:problem:database-damaged"));
        problem.setTitle("Database damaged");
        problem.setProperty("faults", faults);
        return new WebEndpointResponse<>(
                problem, HttpStatus.INTERNAL_SERVER_ERROR.value(), MediaType.APPLICATION_PROBLEM_JSON);
    }
}
