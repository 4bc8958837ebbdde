package dev.tradingplatform.signal.screen;

import dev.tradingplatform.signal.answer.Format;
import dev.tradingplatform.signal.answer.SeriesParameters;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.catalogue.Violations;
import dev.tradingplatform.signal.market.Ticker;
import dev.tradingplatform.signal.query.Query;
import dev.tradingplatform.signal.strategy.Side;
import dev.tradingplatform.signal.strategy.Standing;
import dev.tradingplatform.signal.strategy.StrategyRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.context.request.WebRequest;

/**
 * What a screen is to look for. Immutable.
 *
 * @param tickers by name, each once; empty for all there are
 * @param series timeframe and adjustment of all of them
 * @param strategy which rule
 * @param side which positions are taken
 * @param signals what the last bar must say
 * @param order empty to send rows as they come
 * @param format of the answer
 */
record ScreenRequest(
        List<Ticker> tickers,
        SeriesParameters series,
        StrategyRequest strategy,
        Side side,
        Set<Standing.Signal> signals,
        Optional<Order> order,
        Format format) {

    private static final String ALL = "*";
    private static final int MOST_TICKERS = 1_000;
    private static final Set<Standing.Signal> ANY = Set.of(Standing.Signal.values());

    static ScreenRequest of(Query query, WebRequest request) throws HttpMediaTypeNotAcceptableException {
        String named = query.take("strategy").orElse("sma-cross");
        List<Ticker> tickers = query.take("tickers", List.of(), ScreenRequest::tickers);
        SeriesParameters series = SeriesParameters.of(query);
        Side side = query.take("side", Side.LONG);
        // macd-cross has a number of that name: a number is the strategy's, words are what to look for
        List<String> given =
                query.take("signal").map(text -> List.of(text.split(",", -1))).orElse(List.of());
        Set<Standing.Signal> signals = query.read(() -> signals(given), ANY);
        Optional<Order> order = query.take("sort", Optional.empty(), text -> Optional.of(Order.of(text)));
        Format format = Format.of(query, request, Format.JSON, Format.NDJSON);
        StrategyRequest strategy = query.finish(() -> {
            Map<String, String> numbers = query.rest();
            given.stream().filter(ScreenRequest::isNumber).forEach(number -> numbers.put("signal", number));
            return StrategyRequest.of(named, numbers);
        });
        return new ScreenRequest(tickers, series, strategy, side, signals, order, format);
    }

    private static List<Ticker> tickers(String text) {
        if (text.equals(ALL)) {
            return List.of();
        }
        List<String> names = List.of(text.split(",", -1));
        if (names.size() > MOST_TICKERS) {
            throw new InvalidParameterException(
                    "tickers", names.size() + " names", "at most " + MOST_TICKERS + ", or *");
        }
        Violations violations = new Violations();
        List<Ticker> tickers = names.stream()
                .flatMap(name -> violations.read(() -> new Ticker(name)).stream())
                .distinct()
                .toList();
        violations.check();
        return tickers;
    }

    private static boolean isNumber(String text) {
        return text.matches("[\\d.]+");
    }

    private static Set<Standing.Signal> signals(List<String> given) {
        Set<Standing.Signal> signals = given.stream()
                .filter(word -> !isNumber(word))
                .map(word -> Query.word("signal", word.toLowerCase(Locale.ROOT), Standing.Signal.class))
                .collect(Collectors.toSet());
        return signals.isEmpty() ? ANY : signals;
    }

    /** Whether a row is to be sent; failures always are. */
    boolean wants(Row row) {
        return switch (row) {
            case Row.Found found -> signals.contains(found.signal());
            case Row.Failed _ -> true;
        };
    }
}
