package dev.tradingplatform.stock.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.importing.ParsedFile.Request;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Random bars, written in each dialect and read back. */
class DialectRoundTripTest {

    private static final int DAYS = 60;

    @ParameterizedTest
    @EnumSource
    void randomBarsAreReadBack(Dialect dialect) {
        for (long seed = 1; seed <= 5; seed++) {
            List<RandomBar> bars = bars(new Random(seed));

            ParsedFile parsed = ParsedFile.of(dialect.file(bars), ImportFormat.CSV, Request.daily());

            assertThat(parsed.faults()).as("%s, seed %d", dialect, seed).isEmpty();
            assertThat(parsed.bars())
                    .as("%s, seed %d", dialect, seed)
                    .isEqualTo(bars.stream().map(RandomBar::plain).toList());
        }
    }

    /** A file that was cut off anywhere is read up to there or refused, and never fails otherwise. */
    @ParameterizedTest
    @MethodSource("cuts")
    void fileThatWasCutOffIsReadOrRefused(Dialect dialect, int length) {
        List<RandomBar> bars = bars(new Random(length));
        byte[] file = dialect.file(bars);

        ParsedFile parsed = ParsedFile.of(Arrays.copyOf(file, length % file.length), ImportFormat.CSV, Request.daily());

        assertThat(parsed.bars()).hasSizeLessThanOrEqualTo(bars.size());
    }

    static Stream<Arguments> cuts() {
        Random random = new Random(7);
        return Stream.of(Dialect.values())
                .flatMap(dialect -> Stream.generate(() -> Arguments.of(dialect, random.nextInt(6_000)))
                        .limit(5));
    }

    private static List<RandomBar> bars(Random random) {
        LocalDate day = LocalDate.of(2015, 1, 1).plusDays(random.nextInt(3_000));
        List<RandomBar> bars = new ArrayList<>();
        for (int i = 0; i < DAYS; i++) {
            List<BigDecimal> prices = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                BigDecimal price = BigDecimal.valueOf(1 + random.nextInt(99_999_999), random.nextInt(5));
                prices.add(price.stripTrailingZeros());
            }
            Collections.sort(prices);
            bars.add(new RandomBar(
                    day.plusDays(i),
                    prices.get(1),
                    prices.get(3),
                    prices.get(0),
                    prices.get(2),
                    10L * random.nextInt(1_000_000)));
        }
        return bars;
    }

    record RandomBar(LocalDate day, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close, long volume) {

        String plain() {
            return day + "T00:00:00Z," + String.join(",", List.of(text(open), text(high), text(low), text(close))) + ","
                    + volume;
        }

        String day(String pattern) {
            return day.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
        }

        static String text(BigDecimal number) {
            return number.toPlainString();
        }

        /** Writes a number with separators of thousands. */
        static String grouped(BigDecimal number, char grouping, char decimal) {
            String text = text(number);
            int point = text.indexOf('.');
            String integer = point < 0 ? text : text.substring(0, point);
            StringBuilder grouped = new StringBuilder(integer);
            for (int i = integer.length() - 3; i > 0; i -= 3) {
                grouped.insert(i, grouping);
            }
            return point < 0
                    ? grouped.toString()
                    : grouped.append(decimal)
                            .append(text, point + 1, text.length())
                            .toString();
        }
    }

    enum Dialect {
        PLAIN("Date,Open,High,Low,Close,Adj Close,Volume\n") {
            @Override
            String row(RandomBar bar) {
                return bar.day() + "," + prices(bar, ",") + ",1," + bar.volume() + "\n";
            }
        },
        GERMAN("Datum;Eröffnung;Hoch;Tief;Schluss;Volumen\r\n") {
            @Override
            String row(RandomBar bar) {
                return Stream.of(bar.open(), bar.high(), bar.low(), bar.close(), BigDecimal.valueOf(bar.volume()))
                                .map(number -> RandomBar.grouped(number, '.', ','))
                                .reduce(bar.day("dd.MM.yyyy"), (row, number) -> row + ";" + number)
                        + "\r\n";
            }
        },
        AMERICAN("Date,Close/Last,Volume,Open,High,Low\n") {
            @Override
            String row(RandomBar bar) {
                return bar.day("MM/dd/yyyy") + ",\"" + dollars(bar.close()) + "\",\"" + bar.volume() + "\",\""
                        + dollars(bar.open()) + "\",\"" + dollars(bar.high()) + "\",\"" + dollars(bar.low()) + "\"\n";
            }

            private static String dollars(BigDecimal price) {
                return "$" + RandomBar.grouped(price, ',', '.');
            }
        },
        INVESTING("\uFEFF\"Date\",\"Price\",\"Open\",\"High\",\"Low\",\"Vol.\",\"Change %\"\n") {
            @Override
            String row(RandomBar bar) {
                String thousands = BigDecimal.valueOf(bar.volume(), 3).toPlainString();
                return String.join(
                                "\",\"",
                                "\"" + bar.day("MMM dd, yyyy"),
                                RandomBar.grouped(bar.close(), ',', '.'),
                                RandomBar.grouped(bar.open(), ',', '.'),
                                RandomBar.grouped(bar.high(), ',', '.'),
                                RandomBar.grouped(bar.low(), ',', '.'),
                                thousands + "K",
                                "-0.42%\"")
                        + "\n";
            }
        },
        METATRADER("<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\r\n") {
            @Override
            String row(RandomBar bar) {
                return bar.day("yyyy.MM.dd") + "\t" + prices(bar, "\t") + "\t7\t" + bar.volume() + "\t3\r\n";
            }
        },
        STOOQ("<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\r\n") {
            @Override
            String row(RandomBar bar) {
                return "A,D," + bar.day("yyyyMMdd") + ",000000," + prices(bar, ",") + "," + bar.volume() + ",0\r\n";
            }
        },
        BINANCE("") {
            @Override
            String row(RandomBar bar) {
                long start = bar.day().atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
                return start + "," + prices(bar, ",") + "," + bar.volume() + "," + (start + 86_399_999)
                        + ",1,2,3,4,0\n";
            }
        },
        EXCEL_UNICODE("\uFEFFDate\tOpen\tHigh\tLow\tClose\tVolume\r\n") {
            @Override
            String row(RandomBar bar) {
                return bar.day() + "\t" + prices(bar, "\t") + "\t" + bar.volume() + "\r\n";
            }

            @Override
            Charset charset() {
                return StandardCharsets.UTF_16LE;
            }
        },
        YFINANCE("Price,Open,High,Low,Close,Volume\nTicker,A,A,A,A,A\nDate,,,,,\n") {
            @Override
            String row(RandomBar bar) {
                return bar.day() + " 00:00:00-05:00," + prices(bar, ",") + "," + bar.volume() + "\n";
            }
        },
        NSE("SYMBOL,OPEN,HIGH,LOW,CLOSE,TOTTRDQTY,TIMESTAMP,\n") {
            @Override
            String row(RandomBar bar) {
                return "A," + prices(bar, ",") + "," + bar.volume() + ","
                        + bar.day("dd-MMM-yyyy").toUpperCase(Locale.ROOT) + ",\n";
            }
        },
        PIPES("open|high|low|close|volume|time\n") {
            @Override
            String row(RandomBar bar) {
                return prices(bar, "|") + "|" + bar.volume() + "|"
                        + bar.day().atStartOfDay().toEpochSecond(ZoneOffset.UTC) + "\n";
            }
        };

        private final String header;

        Dialect(String header) {
            this.header = header;
        }

        abstract String row(RandomBar bar);

        Charset charset() {
            return StandardCharsets.UTF_8;
        }

        byte[] file(List<RandomBar> bars) {
            StringBuilder file = new StringBuilder(header);
            bars.reversed().forEach(bar -> file.append(row(bar)));
            return file.toString().getBytes(charset());
        }

        private static String prices(RandomBar bar, String separator) {
            return Stream.of(bar.open(), bar.high(), bar.low(), bar.close())
                    .map(RandomBar::text)
                    .reduce((row, price) -> row + separator + price)
                    .orElseThrow();
        }
    }
}
