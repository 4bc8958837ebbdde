package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.series.Splits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The splits of one ticker, always as a whole. */
@RestController
class SplitsController {

    private final ActionsResource<Split> resource;

    SplitsController(Splits splits, RequestBodyReader bodies) {
        this.resource = new ActionsResource<>(splits, SplitsBody::new, BarsJson::splits, "splits", bodies);
    }

    @GetMapping("/api/v1/data/{ticker}/splits")
    @Operation(operationId = "readSplits", summary = "Reads the splits of a ticker", tags = "Splits")
    @ApiResponse(
            responseCode = "200",
            description = "All of them, oldest first.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.Splits.class),
                            examples = @ExampleObject(Shapes.Examples.SPLITS)))
    @DescribedProblems.NotFound
    @DescribedOperations.Read
    ResponseEntity<byte[]> read(TickerPath path, HttpServletRequest request) {
        return resource.read(path.ticker(), request);
    }

    @PutMapping("/api/v1/data/{ticker}/splits")
    @Operation(
            operationId = "replaceSplits",
            summary = "Replaces the splits of a ticker",
            tags = "Splits",
            description = """
                    They hold for every timeframe. If anything changes, the revisions of the ticker's series move, since \
                    adjusted prices do. A ticker that has bars has a list, though it may be empty: `If-None-Match: *` \
                    holds only if there is neither a split nor a bar.""")
    @RequestBody(
            required = true,
            description = "All of them, at most 1000; an empty array removes them.",
            content =
                    @Content(
                            mediaType = "application/json",
                            array = @ArraySchema(schema = @Schema(implementation = Shapes.Split.class)),
                            examples = @ExampleObject(Shapes.Examples.NEW_SPLITS)))
    @ApiResponse(
            responseCode = "200",
            headers = {
                @Header(name = "ETag", ref = "#/components/headers/ETag"),
                @Header(name = "Cache-Control", ref = "#/components/headers/Cache-Control"),
                @Header(name = "Vary", ref = "#/components/headers/Vary")
            },
            description = "As they are kept now.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.Splits.class),
                            examples = @ExampleObject(Shapes.Examples.SPLITS)))
    @ApiResponse(
            responseCode = "201",
            headers = {
                @Header(name = "ETag", ref = "#/components/headers/ETag"),
                @Header(name = "Cache-Control", ref = "#/components/headers/Cache-Control"),
                @Header(name = "Vary", ref = "#/components/headers/Vary"),
                @Header(name = "Location", ref = "#/components/headers/Location")
            },
            description = "There was neither a split nor a bar.",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Shapes.Splits.class),
                            examples = @ExampleObject(Shapes.Examples.SPLITS)))
    @DescribedOperations.WithBody
    @DescribedOperations.Write
    ResponseEntity<byte[]> replace(TickerPath path, HttpServletRequest request) {
        return resource.replace(path.ticker(), request);
    }
}
