package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.limits.MinTransferRate;
import dev.tradingplatform.stock.limits.ResponseBuffer;
import dev.tradingplatform.stock.series.Bars;
import dev.tradingplatform.stock.series.Deletion;
import dev.tradingplatform.stock.series.RangeOutcome;
import dev.tradingplatform.stock.series.Series;
import dev.tradingplatform.stock.series.SingleBars;
import dev.tradingplatform.stock.series.SortOrder;
import dev.tradingplatform.stock.spool.Spool;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The bars of one ticker. */
@RestController
class BarsController {

    private final Bars bars;
    private final SingleBars singleBars;
    private final Spool spool;
    private final MinTransferRate minRate;

    BarsController(Bars bars, SingleBars singleBars, Spool spool, MinTransferRate minRate) {
        this.bars = bars;
        this.singleBars = singleBars;
        this.spool = spool;
        this.minRate = minRate;
    }

    @GetMapping("/api/v1/data/{ticker}")
    ResponseEntity<InputStreamResource> read(@PathVariable String ticker, HttpServletRequest request) {
        SeriesQuery query = SeriesQuery.of(ticker, request);
        Series known = bars.series(query.key()).orElseThrow(() -> Problems.tickerNotFound(query.key()));
        String tag = EntityTags.of(known.revision(), query);
        if (EntityTags.isKnown(request, tag)) {
            return EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                    .build();
        }
        return query.representation() == Representation.JSON || query.window().newest()
                ? page(query, request)
                : lines(query, request);
    }

    @DeleteMapping("/api/v1/data/{ticker}")
    ResponseEntity<Deletion> delete(@PathVariable String ticker, HttpServletRequest request) {
        RangeDeletion wanted = RangeDeletion.of(ticker, request);
        return switch (singleBars.delete(wanted.key(), wanted.range(), EntityTags.seriesCondition(request))) {
            case RangeOutcome.Deleted(Deletion deletion) ->
                ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(deletion);
            case RangeOutcome.Absent _ -> throw Problems.tickerNotFound(wanted.key());
            case RangeOutcome.ConditionFailed _ -> throw Problems.preconditionFailed();
        };
    }

    private ResponseEntity<InputStreamResource> page(SeriesQuery query, HttpServletRequest request) {
        SeriesQuery.Window window = query.window();
        List<StoredBar> found = new ArrayList<>();
        Page page = new Page(window.limit(), found::add);
        Series series = read(query, page);
        List<StoredBar> ordered = window.newest() && window.order() == SortOrder.ASC ? found.reversed() : found;
        Optional<String> next = window.newest() ? Optional.empty() : next(query, page, request);
        ResponseBuffer body = new ResponseBuffer(spool, minRate);
        if (query.representation() == Representation.JSON) {
            BarsJson.page(body, new Page.Content(series, query.adjustmentName(), query.numbers(), ordered), next);
        } else {
            ordered.forEach(new BarLines(body, query.representation(), query.numbers(), false));
        }
        return body.answer(answer(query, series, next));
    }

    private ResponseEntity<InputStreamResource> lines(SeriesQuery query, HttpServletRequest request) {
        ResponseBuffer body = new ResponseBuffer(spool, minRate);
        boolean done = false;
        try {
            Page page = new Page(
                    query.window().limit(), new BarLines(body, query.representation(), query.numbers(), false));
            Series series = read(query, page);
            done = true;
            return body.answer(answer(query, series, next(query, page, request)));
        } finally {
            if (!done) {
                body.close();
            }
        }
    }

    private Series read(SeriesQuery query, Page page) {
        return bars.stream(query.key(), query.barQuery(), page).orElseThrow(() -> Problems.tickerNotFound(query.key()));
    }

    private static Optional<String> next(SeriesQuery query, Page page, HttpServletRequest request) {
        return page.isLast() ? Optional.empty() : Optional.of(NextPage.of(request, query.cursorAfter(page.end())));
    }

    private static ResponseEntity.BodyBuilder answer(SeriesQuery query, Series series, Optional<String> next) {
        ResponseEntity.BodyBuilder answer =
                EntityTags.tagged(ResponseEntity.ok(), EntityTags.of(series.revision(), query));
        NextPage.announce(answer, next);
        return answer.contentType(query.representation().mediaType()).header("Adjustment", query.adjustmentName());
    }
}
