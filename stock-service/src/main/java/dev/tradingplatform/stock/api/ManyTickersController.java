package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.limits.ResponseBuffer;
import dev.tradingplatform.stock.limits.ResponseBuffers;
import dev.tradingplatform.stock.series.Bars;
import dev.tradingplatform.stock.series.Series;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The newest bars of several tickers. */
@RestController
class ManyTickersController {

    private final Bars bars;
    private final ResponseBuffers buffers;

    ManyTickersController(Bars bars, ResponseBuffers buffers) {
        this.bars = bars;
        this.buffers = buffers;
    }

    @GetMapping("/api/v1/data")
    @Operation(operationId = "readManyTickers", summary = "Reads the newest bars of several tickers", tags = "Bars")
    @ApiResponse(
            responseCode = "200",
            description = "Oldest first; tickers without bars are under `missing`.",
            headers = {
                @Header(
                        name = "Adjustment",
                        description = "The adjustment of prices and volumes; in JSON it is in the body too.",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"raw", "split", "all"}))
            },
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = Shapes.ManyTickers.class),
                        examples = @ExampleObject(Shapes.Examples.MANY_TICKERS)),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = "string"),
                        examples = @ExampleObject(Shapes.Examples.CSV_MANY)),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))
            })
    @DescribedProblems.NotAcceptable
    @DescribedProblems.AdjustmentOutOfRange
    @DescribedProblems.InsufficientStorage
    @DescribedOperations.Read
    ResponseEntity<InputStreamResource> read(ManyTickersQuery query, HttpServletRequest request) {
        return bars.together(snapshot -> answer(new ManyTickers(query, snapshot), request));
    }

    private ResponseEntity<InputStreamResource> answer(ManyTickers found, HttpServletRequest request) {
        ManyTickersQuery query = found.query();
        List<Series> known = found.known();
        Map<SeriesKey, Long> given = known.stream().collect(Collectors.toMap(Series::key, Series::revision));
        List<Long> revisions =
                query.keys().stream().map(key -> given.getOrDefault(key, 0L)).toList();
        String tag = EntityTags.of(revisions.stream().mapToLong(Long::longValue).sum(), query.view() + " " + revisions);
        return EntityTags.isKnown(request, tag)
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                        .build()
                : buffers.answer(body -> {
                    write(body, found, known);
                    return EntityTags.tagged(ResponseEntity.ok(), tag)
                            .contentType(query.format().mediaType())
                            .header("Adjustment", query.adjustmentName());
                });
    }

    private static void write(ResponseBuffer body, ManyTickers found, List<Series> known) {
        ManyTickersQuery query = found.query();
        if (query.format() == Representation.JSON) {
            BarsJson.many(body, found, known);
        } else {
            BarLines lines = new BarLines(body, query.format(), query.numbers(), true);
            known.forEach(series ->
                    found.bars(series).forEach(lines.of(series.key().ticker().symbol())));
        }
    }
}
