package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.quote.Bars;
import dev.tradingplatform.stock.quote.Snapshot;
import dev.tradingplatform.stock.spool.Spool;
import dev.tradingplatform.stock.spool.SpooledBytes;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The newest bars of several tickers. */
@RestController
class ManyTickersController {

    private final Bars bars;
    private final Spool spool;

    ManyTickersController(Bars bars, Spool spool) {
        this.bars = bars;
        this.spool = spool;
    }

    @GetMapping("/api/v1/data")
    ResponseEntity<SpooledBytes> read(HttpServletRequest request) {
        ManyTickers.Query query = ManyTickers.Query.of(request);
        Map<String, List<StoredBar>> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<Long> revisions = new ArrayList<>();
        for (Ticker ticker : query.tickers()) {
            Optional<Snapshot> snapshot = bars.read(new SeriesKey(ticker, query.timeframe()), query.slice());
            snapshot.ifPresentOrElse(
                    series -> found.put(ticker.symbol(), series.bars().reversed()), () -> missing.add(ticker.symbol()));
            revisions.add(snapshot.map(series -> series.series().revision()).orElse(0L));
        }
        String tag = EntityTags.of(revisions.stream().mapToLong(Long::longValue).sum(), query + " " + revisions);
        return EntityTags.isKnown(request, tag)
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                        .build()
                : EntityTags.tagged(ResponseEntity.ok(), tag)
                        .contentType(query.representation().mediaType())
                        .header("Adjustment", query.adjustmentName())
                        .body(write(new ManyTickers(query, found, missing)));
    }

    private SpooledBytes write(ManyTickers found) {
        SpooledBytes body = new SpooledBytes(spool);
        if (found.query().representation() == Representation.JSON) {
            BarsJson.many(body, found);
        } else {
            BarLines lines = new BarLines(body, found.query().representation(), true);
            found.bars().forEach((ticker, bars) -> bars.forEach(lines.of(ticker)));
        }
        return body;
    }
}
