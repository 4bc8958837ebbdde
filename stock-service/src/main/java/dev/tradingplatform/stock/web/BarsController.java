package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.quote.Bars;
import dev.tradingplatform.stock.quote.Deletion;
import dev.tradingplatform.stock.quote.Order;
import dev.tradingplatform.stock.quote.Series;
import dev.tradingplatform.stock.quote.SingleBars;
import dev.tradingplatform.stock.quote.Snapshot;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The bars of one ticker. */
@RestController
class BarsController {

    private final Bars bars;
    private final SingleBars singleBars;

    BarsController(Bars bars, SingleBars singleBars) {
        this.bars = bars;
        this.singleBars = singleBars;
    }

    @GetMapping("/api/v1/data/{ticker}")
    ResponseEntity<byte[]> read(@PathVariable String ticker, HttpServletRequest request) {
        SeriesQuery query = SeriesQuery.of(ticker, request);
        Series known = bars.series(query.key()).orElseThrow(() -> Problems.tickerNotFound(query.key()));
        String tag = EntityTags.of(known.revision(), query);
        if (EntityTags.isKnown(request, tag)) {
            return EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                    .build();
        }
        SeriesQuery.Window window = query.window();
        Order order = window.newest() ? Order.DESC : window.order();
        Snapshot found = bars.read(query.key(), query.rest(), order, window.limit() + 1)
                .orElseThrow(() -> Problems.tickerNotFound(query.key()));
        return answer(query, found, request);
    }

    @DeleteMapping("/api/v1/data/{ticker}")
    ResponseEntity<Deletion> delete(@PathVariable String ticker, HttpServletRequest request) {
        RangeDeletion wanted = RangeDeletion.of(ticker, request);
        Deletion deletion = singleBars
                .delete(wanted.key(), wanted.range())
                .orElseThrow(() -> Problems.tickerNotFound(wanted.key()));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(deletion);
    }

    private static ResponseEntity<byte[]> answer(SeriesQuery query, Snapshot found, HttpServletRequest request) {
        SeriesQuery.Window window = query.window();
        boolean more = found.bars().size() > window.limit();
        List<StoredBar> page = more ? found.bars().subList(0, window.limit()) : found.bars();
        Optional<String> next = more && !window.newest()
                ? Optional.of(NextPage.of(
                        request, query.cursorAfter(page.getLast().bar().start())))
                : Optional.empty();
        List<StoredBar> ordered = window.newest() && window.order() == Order.ASC ? page.reversed() : page;
        Snapshot shown = new Snapshot(found.series(), ordered);
        ResponseEntity.BodyBuilder answer = EntityTags.tagged(
                ResponseEntity.ok(), EntityTags.of(found.series().revision(), query));
        NextPage.announce(answer, next);
        return answer.contentType(query.representation().mediaType())
                .body(
                        query.representation() == Representation.CSV
                                ? BarsCsv.page(shown.bars())
                                : BarsJson.page(shown, next));
    }
}
