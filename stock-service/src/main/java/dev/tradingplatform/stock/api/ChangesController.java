package dev.tradingplatform.stock.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.series.Change;
import dev.tradingplatform.stock.series.ChangeLog;
import dev.tradingplatform.stock.series.Series;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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

    private final ChangeLog changes;
    private final ChangeWaiters waiters;

    ChangesController(ChangeLog changes, ChangeWaiters waiters) {
        this.changes = changes;
        this.waiters = waiters;
    }

    @GetMapping(PATH)
    @Operation(
            operationId = "readChanges",
            summary = "Reads the changes after a number",
            tags = "Changes",
            description = """
                    Every committed change of a series gets a number, in the order of the commits of all replicas: a \
                    client that has read up to a number has missed none before it. Start with after=0, which lists all \
                    series, and continue with `next`.""")
    @ApiResponse(
            responseCode = "200",
            description = "In the order of their numbers, each series at most once.",
            headers =
                    @Header(
                            name = "Cache-Control",
                            description = "`no-store`: the next answer may be another one.",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ChangePage.class),
                            examples = @ExampleObject(Shapes.Examples.CHANGES)))
    @DescribedProblems.UnknownChange
    @DescribedOperations.Any
    DeferredResult<ResponseEntity<ChangePage>> read(ChangesQuery query) {
        ChangePage page = page(query.number(), query.limit());
        if (page.data().isEmpty() && query.waiting().isPositive()) {
            return waiters.await(query.number(), query.waiting(), () -> answer(page(query.number(), query.limit())));
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
    record ChangePage(List<ChangedSeries> data, long next, long last) {

        static ChangePage of(ChangeLog.Page page, long after) {
            List<ChangedSeries> entries =
                    page.changes().stream().map(ChangedSeries::of).toList();
            return new ChangePage(
                    entries, entries.isEmpty() ? after : entries.getLast().number(), page.last());
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
    record ChangedSeries(
            long number,
            String ticker,
            String timeframe,
            long revision,
            long count,
            @Nullable String firstChanged) {

        static ChangedSeries of(Change change) {
            Series series = change.series();
            OptionalLong first = change.firstChanged();
            return new ChangedSeries(
                    change.number(),
                    series.key().ticker().symbol(),
                    series.key().timeframe().code(),
                    series.revision(),
                    series.bars(),
                    first.isPresent() ? TimestampFormat.text(first.getAsLong()) : null);
        }
    }
}
