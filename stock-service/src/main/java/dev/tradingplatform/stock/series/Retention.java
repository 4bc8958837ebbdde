package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.StorageException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Deletes bars that are older than {@code stock.retention} says: a minute after the start and then every hour, on every
 * replica. Each transaction deletes at most {@value #BATCH} bars of one series, so that other writers do not wait long.
 */
@Component
@EnableConfigurationProperties(RetentionSettings.class)
final class Retention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    static final int BATCH = 10_000;
    private static final long FIRST_MINUTES = 1;
    private static final long INTERVAL_MINUTES = 60;

    private final Storage storage;
    private final SingleBars singleBars;
    private final Map<String, Duration> ages;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("retention").unstarted(task));

    Retention(Storage storage, SingleBars singleBars, RetentionSettings settings, InstantSource clock) {
        this.storage = storage;
        this.singleBars = singleBars;
        this.ages = settings.retention();
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        if (!ages.isEmpty()) {
            var _ = timer.scheduleWithFixedDelay(this::run, FIRST_MINUTES, INTERVAL_MINUTES, TimeUnit.MINUTES);
        }
    }

    /** Deletes what is too old now. What fails is tried again an hour later. */
    void run() {
        ages.forEach((code, age) -> {
            Timeframe timeframe = Timeframe.parse(code).orElseThrow();
            long begin = clock.instant().minus(age).getEpochSecond();
            try {
                long deleted = expired(timeframe, begin).stream()
                        .mapToLong(key -> delete(key, begin))
                        .sum();
                if (deleted > 0) {
                    LOG.info("Retention: {} bars of {} older than {} days deleted", deleted, code, age.toDays());
                }
            } catch (StorageException e) {
                LOG.warn("Retention of {} failed and is tried again in an hour: {}", code, e.getMessage());
            }
        });
    }

    private List<SeriesKey> expired(Timeframe timeframe, long begin) {
        return storage.read(transaction -> transaction
                .sql()
                .sql("SELECT ticker FROM ticker WHERE timeframe = ? AND first_ts < ? ORDER BY ticker")
                .params(timeframe.code(), begin)
                .query((row, _) -> new SeriesKey(new Ticker(row.getString(1)), timeframe))
                .list());
    }

    private long delete(SeriesKey key, long begin) {
        long deleted = 0;
        Optional<TimeRange> next = nextBatch(key, begin);
        while (next.isPresent()) {
            if (singleBars.delete(key, next.get(), _ -> true) instanceof RangeOutcome.Deleted(Deletion deletion)) {
                deleted += deletion.deleted();
            }
            next = nextBatch(key, begin);
        }
        return deleted;
    }

    private Optional<TimeRange> nextBatch(SeriesKey key, long begin) {
        return storage.read(transaction -> transaction
                .sql()
                .sql("SELECT min(ts), max(ts) FROM (SELECT ts FROM quote WHERE ticker = ? AND timeframe = ? AND ts < ?"
                        + " ORDER BY ts LIMIT " + BATCH + ") AS oldest HAVING count(*) > 0")
                .params(key.ticker().symbol(), key.timeframe().code(), begin)
                .query((row, _) -> new TimeRange(row.getLong(1), row.getLong(2)))
                .optional());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
