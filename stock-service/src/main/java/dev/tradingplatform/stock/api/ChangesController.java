package dev.tradingplatform.stock.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.series.Change;
import dev.tradingplatform.stock.series.ChangeLog;
import dev.tradingplatform.stock.series.Series;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** The feed of changes. */
@RestController
class ChangesController {

    static final String PATH = "/api/v1/changes";

    /** An answer of so many entries fits into the buffers of a connection. */
    private static final int MAX_LIMIT = 1000;

    private final ChangeLog changes;
    private final ChangeWaiters waiters;

    ChangesController(ChangeLog changes, ChangeWaiters waiters) {
        this.changes = changes;
        this.waiters = waiters;
    }

    @GetMapping(PATH)
    DeferredResult<ResponseEntity<ChangePage>> read(HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        long after = parameters.count("after").orElse(0);
        int limit = parameters.integer("limit", MAX_LIMIT).orElse(MAX_LIMIT);
        Duration wait = parameters.seconds("wait", ChangePage.MAX_WAIT).orElse(Duration.ZERO);
        parameters.check();
        ChangePage page = page(after, limit);
        if (page.data().isEmpty() && wait.isPositive()) {
            return waiters.await(after, wait, () -> answer(page(after, limit)));
        }
        DeferredResult<ResponseEntity<ChangePage>> result = new DeferredResult<>();
        result.setResult(answer(page));
        return result;
    }

    private ChangePage page(long after, int limit) {
        ChangeLog.Page page = changes.after(after, limit);
        if (after > page.last()) {
            throw Problems.unknownChange(after, page.last());
        }
        return ChangePage.of(page, after);
    }

    private static ResponseEntity<ChangePage> answer(ChangePage page) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(page);
    }

    /**
     * Changes after a number.
     *
     * @param data in the order of their numbers, each series at most once
     * @param next the value for {@code after} in the next request
     * @param last number of the last change of all: with {@code next} equal to it, nothing is left to read
     */
    record ChangePage(List<Entry> data, long next, long last) {

        static final Duration MAX_WAIT = Duration.ofSeconds(60);

        static ChangePage of(ChangeLog.Page page, long after) {
            List<Entry> entries = page.changes().stream().map(Entry::of).toList();
            return new ChangePage(entries, entries.isEmpty() ? after : entries.getLast().number(), page.last());
        }
    }

    /**
     * A series that changed.
     *
     * @param number of its last change
     * @param revision of the series after it
     * @param count bars that the series has after it; 0 if all were deleted
     * @param firstChanged start of the first bar that changed after the requested number; null if all may have changed
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Entry(
            long number, String ticker, String timeframe, long revision, long count, @Nullable String firstChanged) {

        static Entry of(Change change) {
            Series series = change.series();
            OptionalLong first = change.firstChanged();
            return new Entry(
                    change.number(),
                    series.key().ticker().symbol(),
                    series.key().timeframe().code(),
                    series.revision(),
                    series.bars(),
                    first.isPresent() ? TimestampFormat.text(first.getAsLong()) : null);
        }
    }
}
