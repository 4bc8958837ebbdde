package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.limits.MinTransferRate;
import dev.tradingplatform.stock.limits.ResponseBuffer;
import dev.tradingplatform.stock.series.Bars;
import dev.tradingplatform.stock.series.Series;
import dev.tradingplatform.stock.spool.Spool;
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
    private final Spool spool;
    private final MinTransferRate minRate;

    ManyTickersController(Bars bars, Spool spool, MinTransferRate minRate) {
        this.bars = bars;
        this.spool = spool;
        this.minRate = minRate;
    }

    @GetMapping("/api/v1/data")
    ResponseEntity<InputStreamResource> read(HttpServletRequest request) {
        ManyTickers.Query query = ManyTickers.Query.of(request);
        return bars.together(snapshot -> answer(new ManyTickers(query, snapshot), request));
    }

    private ResponseEntity<InputStreamResource> answer(ManyTickers found, HttpServletRequest request) {
        ManyTickers.Query query = found.query();
        List<Series> known = found.known();
        Map<SeriesKey, Long> given = known.stream().collect(Collectors.toMap(Series::key, Series::revision));
        List<Long> revisions =
                query.keys().stream().map(key -> given.getOrDefault(key, 0L)).toList();
        String tag = EntityTags.of(revisions.stream().mapToLong(Long::longValue).sum(), query + " " + revisions);
        return EntityTags.isKnown(request, tag)
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                        .build()
                : write(found, known)
                        .answer(EntityTags.tagged(ResponseEntity.ok(), tag)
                                .contentType(query.representation().mediaType())
                                .header("Adjustment", query.adjustmentName()));
    }

    private ResponseBuffer write(ManyTickers found, List<Series> known) {
        ManyTickers.Query query = found.query();
        ResponseBuffer body = new ResponseBuffer(spool, minRate);
        boolean done = false;
        try {
            if (query.representation() == Representation.JSON) {
                BarsJson.many(body, found, known);
            } else {
                BarLines lines = new BarLines(body, query.representation(), query.numbers(), true);
                known.forEach(series -> found.bars(series)
                        .forEach(lines.of(series.key().ticker().symbol())));
            }
            done = true;
            return body;
        } finally {
            if (!done) {
                body.close();
            }
        }
    }
}
