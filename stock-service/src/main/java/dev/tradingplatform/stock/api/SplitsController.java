package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.series.Splits;
import dev.tradingplatform.stock.series.SplitsOutcome;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The splits of one ticker, always as a whole. */
@RestController
class SplitsController {

    private final Splits splits;
    private final RequestBodyReader bodies;

    SplitsController(Splits splits, RequestBodyReader bodies) {
        this.splits = splits;
        this.bodies = bodies;
    }

    @GetMapping("/api/v1/data/{ticker}/splits")
    ResponseEntity<byte[]> read(@PathVariable String ticker, HttpServletRequest request) {
        Ticker wanted = ticker(ticker, request);
        List<Split> found = splits.find(wanted).orElseThrow(() -> Problems.tickerNotFound(wanted));
        return EntityTags.isKnown(request, tag(found))
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag(found))
                        .build()
                : answer(ResponseEntity.ok(), wanted, found);
    }

    @PutMapping("/api/v1/data/{ticker}/splits")
    ResponseEntity<byte[]> replace(@PathVariable String ticker, HttpServletRequest request) {
        Ticker wanted = ticker(ticker, request);
        List<Split> given = SplitsBody.parse(bodies.json(request));
        Predicate<Optional<String>> condition = EntityTags.tagCondition(request);
        SplitsOutcome outcome =
                splits.replace(wanted, given, current -> condition.test(current.map(SplitsController::tag)));
        List<Split> kept = given.stream().sorted().toList();
        return switch (outcome) {
            case CREATED -> answer(ResponseEntity.created(address(wanted)), wanted, kept);
            case REPLACED -> answer(ResponseEntity.ok(), wanted, kept);
            case CONDITION_FAILED -> throw Problems.preconditionFailed();
        };
    }

    private static Ticker ticker(String text, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        Ticker ticker = parameters.ticker(text);
        parameters.check();
        return ticker;
    }

    private static URI address(Ticker ticker) {
        return URI.create(BarController.BarAddress.folder(ticker) + "/splits");
    }

    private static ResponseEntity<byte[]> answer(ResponseEntity.BodyBuilder answer, Ticker ticker, List<Split> splits) {
        return EntityTags.tagged(answer, tag(splits))
                .contentType(MediaType.APPLICATION_JSON)
                .body(BarsJson.splits(ticker, splits));
    }

    private static String tag(List<Split> splits) {
        return "\"" + EntityTags.fingerprint(splits) + "\"";
    }
}
