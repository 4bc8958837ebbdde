package dev.tradingplatform.signal.signal;

import dev.tradingplatform.signal.answer.SeriesParameters;
import dev.tradingplatform.signal.backtest.Period;
import dev.tradingplatform.signal.backtest.Rules;
import dev.tradingplatform.signal.backtest.Sweep;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.SourcedBars;
import dev.tradingplatform.signal.market.StockQuotes;
import dev.tradingplatform.signal.query.Query;
import dev.tradingplatform.signal.query.Window;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Backtests many numbers of a strategy at once. */
@RestController
class SweepController {

    private static final String PATH = "/api/v1/backtests/{ticker}/sweep";

    private final StockQuotes quotes;
    private final JsonMapper json;

    /** A sweep computes for seconds: as many run at a time as there are processors, and the others wait. */
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    SweepController(StockQuotes quotes, JsonMapper json) {
        this.quotes = quotes;
        this.json = json;
    }

    private record Wanted(SeriesKey key, Sweep sweep, Rules rules, Window window) {

        static Wanted of(String ticker, Map<String, String> parameters) {
            Query query = new Query(parameters);
            Optional<SeriesKey> key = SeriesParameters.of(query, ticker);
            String named = query.take("strategy").orElse("sma-cross");
            Window window = Window.of(query);
            Rules rules = RulesParameters.of(query);
            Sweep sweep = query.finish(() -> Sweep.of(named, query.rest()));
            return new Wanted(key.orElseThrow(), sweep, rules, window);
        }
    }

    @GetMapping(PATH)
    SweepAnswer sweep(
            @PathVariable("ticker") String ticker,
            @RequestParam Map<String, String> parameters,
            HttpServletResponse response) {
        Wanted wanted = Wanted.of(ticker, parameters);
        SourcedBars sourced = quotes.bars(wanted.key());
        Period period = period(wanted, sourced.bars());
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        turns.acquireUninterruptibly();
        try {
            return answer(wanted, sourced, wanted.sweep().run(period, wanted.rules(), _ -> {}));
        } finally {
            turns.release();
        }
    }

    /** Sends {@code progress} events while it computes, and then the answer as a {@code result} event. */
    @GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(
            @PathVariable("ticker") String ticker,
            @RequestParam Map<String, String> parameters,
            HttpServletResponse response)
            throws IOException {
        Wanted wanted = Wanted.of(ticker, parameters);
        SourcedBars sourced = quotes.bars(wanted.key());
        Period period = period(wanted, sourced.bars());
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        turns.acquireUninterruptibly();
        try {
            OutputStream out = response.getOutputStream();
            int total = wanted.sweep().combinations();
            int everyPercent = Math.max(1, total / 100);
            List<Sweep.Cell> cells = wanted.sweep().run(period, wanted.rules(), done -> {
                if (done % everyPercent == 0) {
                    send(out, "progress", new Progress(done, total));
                }
            });
            send(out, "result", answer(wanted, sourced, cells));
        } catch (UncheckedIOException gone) {
            // The sweep ends when its client has closed the connection.
            throw gone.getCause();
        } finally {
            turns.release();
        }
    }

    private record Progress(int done, int total) {}

    private void send(OutputStream out, String event, Object data) {
        try {
            out.write("event: %s\ndata: %s\n\n"
                    .formatted(event, json.writeValueAsString(data))
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Period period(Wanted wanted, Bars bars) {
        long all = (long) wanted.sweep().combinations() * bars.size();
        if (all > Sweep.MAX_BARS) {
            throw new InvalidParameterException(
                    "strategy",
                    "%d combinations on %d bars".formatted(wanted.sweep().combinations(), bars.size()),
                    "at most " + Sweep.MAX_BARS + " bars in all: fewer combinations, or a longer timeframe");
        }
        return new Period(bars, wanted.window().first(bars), wanted.window().behindLast(bars));
    }

    private static SweepAnswer answer(Wanted wanted, SourcedBars sourced, List<Sweep.Cell> cells) {
        return SweepAnswer.of(wanted.key(), wanted.sweep(), wanted.rules(), cells, sourced.source());
    }
}
