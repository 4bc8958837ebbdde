package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.limits.ResponseBuffers;
import dev.tradingplatform.stock.series.Bars;
import dev.tradingplatform.stock.series.Deletion;
import dev.tradingplatform.stock.series.RangeOutcome;
import dev.tradingplatform.stock.series.Series;
import dev.tradingplatform.stock.series.SingleBars;
import dev.tradingplatform.stock.series.SortOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The bars of one ticker. */
@RestController
class BarsController {

    private final Bars bars;
    private final SingleBars singleBars;
    private final ResponseBuffers buffers;

    BarsController(Bars bars, SingleBars singleBars, ResponseBuffers buffers) {
        this.bars = bars;
        this.singleBars = singleBars;
        this.buffers = buffers;
    }

    @GetMapping("/api/v1/data/{ticker}")
    @Operation(operationId = "readBars", summary = "Reads bars of a ticker", tags = "Bars")
    @ApiResponse(
            responseCode = "200",
            description = "Bars; an empty range of a known ticker is an empty list. JSON pages have at most 10,000.",
            headers = {
                @Header(
                        name = "Adjustment",
                        description = "The adjustment of prices and volumes; in JSON it is in the body too.",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"raw", "split", "all"})),
                @Header(
                        name = "Link",
                        description = "`rel=\"next\"` leads to the next page, if there is one (RFC 8288).",
                        schema = @Schema(type = "string"))
            },
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = Shapes.Bars.class),
                        examples = @ExampleObject(Shapes.Examples.BARS)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject(Shapes.Examples.CSV)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject(Shapes.Examples.BAR_LINE))
            })
    @DescribedProblems.NotFound
    @DescribedProblems.NotAcceptable
    @DescribedProblems.AdjustmentOutOfRange
    @DescribedProblems.InsufficientStorage
    @DescribedOperations.Read
    ResponseEntity<InputStreamResource> read(SeriesQuery query, HttpServletRequest request) {
        Series known = bars.series(query.key()).orElseThrow(() -> Problems.tickerNotFound(query.key()));
        String tag = EntityTags.of(known.revision(), query.view());
        if (EntityTags.isKnown(request, tag)) {
            return EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                    .build();
        }
        return query.format() == Representation.JSON || query.newest() ? page(query, request) : lines(query, request);
    }

    @DeleteMapping("/api/v1/data/{ticker}")
    @Operation(operationId = "deleteBars", summary = "Deletes bars of a ticker", tags = "Bars", description = """
                    With the tag of any view of the series in `If-Match`, only if no bar of the series has changed \
                    since.""")
    @ApiResponse(
            responseCode = "200",
            description = "What was deleted.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Deletion.class),
                            examples = @ExampleObject(Shapes.Examples.DELETION)))
    @DescribedProblems.NotFound
    @DescribedOperations.Write
    ResponseEntity<Deletion> delete(RangeDeletion wanted, HttpServletRequest request) {
        return switch (singleBars.delete(wanted.key(), wanted.range(), EntityTags.seriesCondition(request))) {
            case RangeOutcome.Deleted(Deletion deletion) ->
                ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(deletion);
            case RangeOutcome.Absent _ -> throw Problems.tickerNotFound(wanted.key());
            case RangeOutcome.ConditionFailed _ -> throw Problems.preconditionFailed();
        };
    }

    private ResponseEntity<InputStreamResource> page(SeriesQuery query, HttpServletRequest request) {
        List<StoredBar> found = new ArrayList<>();
        Page page = new Page(query.count(), found::add);
        Series series = read(query, page);
        List<StoredBar> ordered = query.newest() && query.sort() == SortOrder.ASC ? found.reversed() : found;
        Optional<String> next = query.newest() ? Optional.empty() : next(query, page, request);
        return buffers.answer(body -> {
            if (query.format() == Representation.JSON) {
                BarsJson.page(body, new Page.Content(series, query.adjustmentName(), query.numbers(), ordered), next);
            } else {
                ordered.forEach(new BarLines(body, query.format(), query.numbers(), false));
            }
            return answer(query, series, next);
        });
    }

    private ResponseEntity<InputStreamResource> lines(SeriesQuery query, HttpServletRequest request) {
        return buffers.answer(body -> {
            Page page = new Page(query.count(), new BarLines(body, query.format(), query.numbers(), false));
            Series series = read(query, page);
            return answer(query, series, next(query, page, request));
        });
    }

    private Series read(SeriesQuery query, Page page) {
        return bars.stream(query.key(), query.barQuery(), page).orElseThrow(() -> Problems.tickerNotFound(query.key()));
    }

    private static Optional<String> next(SeriesQuery query, Page page, HttpServletRequest request) {
        return page.isLast() ? Optional.empty() : Optional.of(NextPage.of(request, query.cursorAfter(page.end())));
    }

    private static ResponseEntity.BodyBuilder answer(SeriesQuery query, Series series, Optional<String> next) {
        ResponseEntity.BodyBuilder answer =
                EntityTags.tagged(ResponseEntity.ok(), EntityTags.of(series.revision(), query.view()));
        NextPage.announce(answer, next);
        return answer.contentType(query.format().mediaType()).header("Adjustment", query.adjustmentName());
    }
}
