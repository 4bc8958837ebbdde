package dev.tradingplatform.local.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Daily bars from a random walk: the same ones on every machine, at every start. */
public final class DemoQuotes {

    /** How many trading days each ticker has. */
    public static final int DAYS = 750;

    /** The names they go by. */
    public static final List<String> TICKERS =
            IntStream.rangeClosed(1, 5).mapToObj(n -> "TICKER_" + n).toList();

    /** A Wednesday; fixed, so that what a README shows stays true. */
    private static final LocalDate LAST_DAY = LocalDate.of(2025, 12, 31);

    private static final String HEADER = "ticker,timestamp,open,high,low,close,volume\n";

    private DemoQuotes() {}

    /** All bars as CSV with a header, oldest first, one ticker after another. */
    public static String csv() {
        return TICKERS.stream().flatMap(DemoQuotes::bars).collect(Collectors.joining("", HEADER, ""));
    }

    private static Stream<String> bars(String ticker) {
        // Random's sequence is part of its specification; String.hashCode's value of String's.
        Walk walk = new Walk(new Random(ticker.hashCode()));
        return tradingDays().map(day -> ticker + "," + day + "," + walk.next() + "\n");
    }

    private static Stream<LocalDate> tradingDays() {
        List<LocalDate> newestFirst = Stream.iterate(LAST_DAY, day -> day.minusDays(1))
                .filter(day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
                .limit(DAYS)
                .toList();
        return newestFirst.reversed().stream();
    }
}
