package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.series.Adjustment;
import dev.tradingplatform.stock.series.BarQuery;
import dev.tradingplatform.stock.series.Bars;
import dev.tradingplatform.stock.series.PutOutcome;
import dev.tradingplatform.stock.series.SingleBars;
import dev.tradingplatform.stock.series.SortOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** One bar. */
@RestController
class BarController {

    /** A last path segment that does not name another resource of the ticker. */
    private static final String TIMESTAMP = "{timestamp:(?!latest$|splits$|dividends$).*}";

    private final Bars bars;
    private final SingleBars singleBars;
    private final RequestBodyReader bodies;

    BarController(Bars bars, SingleBars singleBars, RequestBodyReader bodies) {
        this.bars = bars;
        this.singleBars = singleBars;
        this.bodies = bodies;
    }

    @GetMapping("/api/v1/data/{ticker}/latest")
    @Operation(operationId = "latestBar", summary = "Reads the newest bar", tags = "Bars")
    @ApiResponse(
            responseCode = "200",
            description = "The bar.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.Bar.class),
                            examples = @ExampleObject(Shapes.Examples.BAR)))
    @DescribedProblems.NotFound
    @DescribedOperations.Read
    ResponseEntity<byte[]> latest(LatestBar wanted, HttpServletRequest request) {
        StoredBar bar = bars.read(wanted.key(), new BarQuery(TimeRange.ALL, SortOrder.DESC, 1, Adjustment.RAW))
                .orElseThrow(() -> Problems.tickerNotFound(wanted.key()))
                .bars()
                .getFirst();
        return answer(bar, wanted.numbers(), EntityTags.ofNewest(bar), request);
    }

    @GetMapping("/api/v1/data/{ticker}/" + TIMESTAMP)
    @Operation(operationId = "readBar", summary = "Reads one bar", tags = "Bars")
    @ApiResponse(
            responseCode = "200",
            description = "The bar.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.Bar.class),
                            examples = @ExampleObject(Shapes.Examples.BAR)))
    @DescribedProblems.NotFound
    @DescribedOperations.Read
    ResponseEntity<byte[]> read(ShownBar wanted, HttpServletRequest request) {
        BarAddress address = wanted.address();
        StoredBar bar = bars.find(address.key(), address.start())
                .orElseThrow(() -> Problems.barNotFound(address.key(), address.start()));
        return answer(bar, wanted.numbers(), EntityTags.of(bar), request);
    }

    @PutMapping("/api/v1/data/{ticker}/" + TIMESTAMP)
    @Operation(operationId = "putBar", summary = "Creates or replaces one bar", tags = "Bars")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.NewBar.class),
                            examples = @ExampleObject(Shapes.Examples.NEW_BAR)))
    @ApiResponse(
            responseCode = "200",
            headers = {@Header(name = "ETag", ref = "#/components/headers/ETag")},
            description = "It was there; the version is a new one only if the bar differs.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.Bar.class),
                            examples = @ExampleObject(Shapes.Examples.BAR)))
    @ApiResponse(
            responseCode = "201",
            headers = {
                @Header(name = "ETag", ref = "#/components/headers/ETag"),
                @Header(name = "Location", ref = "#/components/headers/Location")
            },
            description = "It was not.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.Bar.class),
                            examples = @ExampleObject(Shapes.Examples.BAR)))
    @DescribedOperations.WithBody
    @DescribedOperations.Write
    ResponseEntity<byte[]> put(BarAddress address, HttpServletRequest request) {
        PutOutcome outcome = singleBars.put(address.key(), bodies.bar(request, address), EntityTags.condition(request));
        return switch (outcome) {
            case PutOutcome.Created(StoredBar bar) -> written(ResponseEntity.created(address.location()), bar);
            case PutOutcome.Replaced(StoredBar bar) -> written(ResponseEntity.ok(), bar);
            case PutOutcome.ConditionFailed _ -> throw Problems.preconditionFailed();
        };
    }

    @DeleteMapping("/api/v1/data/{ticker}/" + TIMESTAMP)
    @Operation(operationId = "deleteBar", summary = "Deletes one bar", tags = "Bars")
    @ApiResponse(responseCode = "204", description = "The bar was deleted.")
    @DescribedProblems.NotFound
    @DescribedOperations.Write
    ResponseEntity<Void> delete(BarAddress address, HttpServletRequest request) {
        return switch (singleBars.delete(address.key(), address.start(), EntityTags.condition(request))) {
            case DELETED -> ResponseEntity.noContent().build();
            case ABSENT -> throw Problems.barNotFound(address.key(), address.start());
            case CONDITION_FAILED -> throw Problems.preconditionFailed();
        };
    }

    private static ResponseEntity<byte[]> answer(
            StoredBar bar, JsonNumbers numbers, String tag, HttpServletRequest request) {
        return EntityTags.isKnown(request, tag)
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                        .build()
                : json(EntityTags.tagged(ResponseEntity.ok(), tag), bar, numbers);
    }

    private static ResponseEntity<byte[]> written(ResponseEntity.BodyBuilder answer, StoredBar bar) {
        return json(answer.eTag(EntityTags.of(bar)), bar, JsonNumbers.NUMBER);
    }

    private static ResponseEntity<byte[]> json(ResponseEntity.BodyBuilder answer, StoredBar bar, JsonNumbers numbers) {
        return answer.contentType(MediaType.APPLICATION_JSON).body(BarsJson.bar(bar, numbers));
    }

    /** Which series' newest bar is requested. */
    record LatestBar(
            @DescribedParameters.InPath @PathVariable Ticker ticker,
            @DescribedParameters.OfTimeframe Timeframe timeframe,
            @DescribedParameters.Numbers JsonNumbers numbers)
            implements RequestParameters {

        LatestBar {
            timeframe = requireNonNullElse(timeframe, Timeframe.DAY);
            numbers = requireNonNullElse(numbers, JsonNumbers.NUMBER);
        }

        SeriesKey key() {
            return new SeriesKey(ticker, timeframe);
        }
    }

    /** Which bar is requested. */
    record ShownBar(
            @DescribedParameters.InPath @PathVariable Ticker ticker,

            @DescribedParameters.TimestampInPath @PathVariable
            String timestamp,

            @DescribedParameters.Numbers JsonNumbers numbers,
            @DescribedParameters.OfTimeframe Timeframe timeframe)
            implements RequestParameters {

        ShownBar {
            numbers = requireNonNullElse(numbers, JsonNumbers.NUMBER);
            timeframe = requireNonNullElse(timeframe, Timeframe.DAY);
        }

        @Override
        public void check(ParameterFaults faults) {
            address().check(faults);
        }

        BarAddress address() {
            return new BarAddress(ticker, timestamp, timeframe);
        }
    }
}
