package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.series.ActionsOutcome;
import dev.tradingplatform.stock.series.CorporateActions;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The list of one kind of corporate actions of a ticker, always as a whole. Safe for concurrent use.
 *
 * @param actions where they are stored
 * @param body makes a reader of a request body
 * @param json writes the response
 * @param name last segment of the path
 */
record ActionsResource<A extends Comparable<A>>(
        CorporateActions<A> actions,
        Supplier<? extends ActionsBody<A>> body,
        BiFunction<Ticker, List<A>, byte[]> json,
        String name,
        RequestBodyReader bodies) {

    ResponseEntity<byte[]> read(Ticker ticker, HttpServletRequest request) {
        List<A> found = actions.find(ticker).orElseThrow(() -> Problems.tickerNotFound(ticker));
        return EntityTags.isKnown(request, tag(found))
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag(found))
                        .build()
                : answer(ResponseEntity.ok(), ticker, found);
    }

    ResponseEntity<byte[]> replace(Ticker ticker, HttpServletRequest request) {
        List<A> given = body.get().parse(bodies.json(request));
        Predicate<Optional<String>> precondition = EntityTags.tagCondition(request);
        ActionsOutcome outcome =
                actions.replace(ticker, given, current -> precondition.test(current.map(ActionsResource::tag)));
        List<A> stored = given.stream().sorted().toList();
        return switch (outcome) {
            case CREATED -> answer(ResponseEntity.created(address(ticker)), ticker, stored);
            case REPLACED -> answer(ResponseEntity.ok(), ticker, stored);
            case PRECONDITION_FAILED -> throw Problems.preconditionFailed();
        };
    }

    private URI address(Ticker ticker) {
        return URI.create(BarAddress.folder(ticker) + "/" + name);
    }

    private ResponseEntity<byte[]> answer(ResponseEntity.BodyBuilder answer, Ticker ticker, List<A> shown) {
        return EntityTags.tagged(answer, tag(shown))
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.apply(ticker, shown));
    }

    private static String tag(List<?> actions) {
        return "\"" + EntityTags.fingerprint(actions) + "\"";
    }
}
