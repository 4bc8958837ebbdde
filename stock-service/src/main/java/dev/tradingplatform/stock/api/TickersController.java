package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.series.ChangeLog;
import dev.tradingplatform.stock.series.Listing;
import dev.tradingplatform.stock.series.Tickers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The tickers. */
@RestController
class TickersController {

    private final Tickers tickers;
    private final ChangeLog changes;

    TickersController(Tickers tickers, ChangeLog changes) {
        this.tickers = tickers;
        this.changes = changes;
    }

    @GetMapping("/api/v1/tickers")
    @Operation(operationId = "listTickers", summary = "Lists tickers", tags = "Tickers")
    @ApiResponse(
            responseCode = "200",
            description = "By ticker and timeframe.",
            headers = {
                @Header(
                        name = "Link",
                        description = "`rel=\"next\"` leads to the next page, if there is one (RFC 8288).",
                        schema = @Schema(type = "string"))
            },
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.Tickers.class),
                            examples = @ExampleObject(Shapes.Examples.TICKERS)))
    @DescribedOperations.Read
    ResponseEntity<byte[]> list(TickersQuery query, HttpServletRequest request) {
        // The tag is older than the list: a change between both costs the client one more request.
        String tag = EntityTags.of(changes.last(), query.view());
        if (EntityTags.isKnown(request, tag)) {
            return EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                    .build();
        }
        List<Listing> found = tickers.list(query.symbolPrefix(), query.after(), query.limit() + 1);
        boolean more = found.size() > query.limit();
        List<Listing> page = more ? found.subList(0, query.limit()) : found;
        Optional<String> next =
                more ? Optional.of(NextPage.of(request, query.cursorAfter(page.getLast()))) : Optional.empty();
        ResponseEntity.BodyBuilder answer = EntityTags.tagged(ResponseEntity.ok(), tag);
        NextPage.announce(answer, next);
        return answer.contentType(MediaType.APPLICATION_JSON).body(BarsJson.tickers(page, next, query.numbers()));
    }

    @DeleteMapping("/api/v1/tickers/{ticker}")
    @Operation(
            operationId = "deleteTicker",
            summary = "Deletes a ticker as a whole",
            tags = "Tickers",
            description = "Deletes the bars of all timeframes, the splits and the dividends, in one transaction.")
    @ApiResponse(
            responseCode = "200",
            description = "What was deleted.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Tickers.Removed.class),
                            examples = @ExampleObject(Shapes.Examples.REMOVED)))
    @DescribedProblems.NotFound
    @DescribedOperations.Unconditional
    ResponseEntity<Tickers.Removed> delete(TickerPath path) {
        Tickers.Removed removed = tickers.delete(path.ticker());
        if (removed.foundNothing()) {
            throw Problems.tickerNotFound(path.ticker());
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(removed);
    }
}
