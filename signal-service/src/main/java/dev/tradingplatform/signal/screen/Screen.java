package dev.tradingplatform.signal.screen;

import dev.tradingplatform.signal.computed.Computations;
import dev.tradingplatform.signal.market.MarketDataException;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.market.SourcedBars;
import dev.tradingplatform.signal.market.StockQuotes;
import dev.tradingplatform.signal.market.Ticker;
import dev.tradingplatform.signal.market.TickerList;
import dev.tradingplatform.signal.market.TickerSummary;
import dev.tradingplatform.signal.problem.MarketProblems;
import dev.tradingplatform.signal.strategy.Evaluation;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks at one ticker after the other. Safe for concurrent use; blocks. */
@Component
final class Screen {

    private static final Logger LOG = LoggerFactory.getLogger(Screen.class);

    private final StockQuotes quotes;
    private final Computations computations;

    Screen(StockQuotes quotes, Computations computations) {
        this.quotes = quotes;
        this.computations = computations;
    }

    /**
     * A series to look at.
     *
     * @param listed what the list of tickers says of it, if it was found there
     */
    record Candidate(SeriesKey key, Optional<Listed> listed) {}

    /** Which bars there are, and who says so. */
    record Listed(String version, Source source) {}

    /**
     * Those named in a request, or all there are.
     *
     * @throws MarketDataException if all are wanted and the list of them cannot be had
     */
    List<Candidate> candidates(ScreenRequest request) {
        if (!request.tickers().isEmpty()) {
            return request.tickers().stream()
                    .map(ticker -> new Candidate(request.series().key(ticker), Optional.empty()))
                    .toList();
        }
        TickerList list = quotes.tickers();
        return list.of(request.series().timeframe()).stream()
                .map(summary -> new Candidate(
                        request.series().key(new Ticker(summary.ticker())), Optional.of(listed(list, summary))))
                .toList();
    }

    private static Listed listed(TickerList list, TickerSummary summary) {
        return new Listed(summary.version(), list.sourceOf(summary));
    }

    /** Says what there is to say of a ticker, whatever happens. */
    Row look(Candidate candidate, ScreenRequest request) {
        SeriesKey key = candidate.key();
        try {
            return known(candidate, request).orElseGet(() -> asked(key, request));
        } catch (MarketDataException e) {
            return Row.Failed.of(key.ticker(), MarketProblems.of(e));
        } catch (RuntimeException e) {
            LOG.error("Screening {} failed unexpectedly", key, e);
            return Row.Failed.of(key.ticker(), MarketProblems.unexpected());
        }
    }

    /** Without asking for bars of which everything is remembered. */
    private Optional<Row> known(Candidate candidate, ScreenRequest request) {
        return candidate
                .listed()
                .flatMap(listed -> computations
                        .remembered(candidate.key(), listed.version(), request.strategy(), request.side())
                        .map(evaluation -> Row.Found.of(candidate.key(), evaluation, listed.source())));
    }

    private Row asked(SeriesKey key, ScreenRequest request) {
        SourcedBars sourced = quotes.bars(key);
        Evaluation evaluation = computations.evaluation(key, sourced, request.strategy(), request.side());
        return Row.Found.of(key, evaluation, sourced.source());
    }
}
