package dev.tradingplatform.stock.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.importing.ParsedFile.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in the exact form that well-known tools export, with invented prices. */
class ExportedFilesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "binance-klines.csv    | A        | 20 | 2024-01-02T00:00:00Z,2317.79,2334.55,2312.77,2327.39,3162483 | 2024-01-21T00:00:00Z,2362.46,2374.03,2302.96,2306.64,5029681",
                "currency-pair.csv     | A        | 40 | 2024-01-02T00:00:00Z,1.08783,1.08872,1.08649,1.08683,0       | 2024-02-26T00:00:00Z,1.08548,1.08666,1.08394,1.08581,0",
                "excel-tabs.txt        | A        | 20 | 2024-01-02T00:00:00Z,76.71,76.86,75.81,76.15,5759299         | 2024-01-29T00:00:00Z,76.05,76.19,74.2,74.81,6303302",
                "excel-thousands.csv   | A        | 20 | 2024-01-02T00:00:00Z,1228.05,1236.75,1211.42,1224.51,6910932 | 2024-01-29T00:00:00Z,1252.85,1261.64,1230.85,1251.53,3238946",
                "excel-unicode.txt     | A        | 20 | 2024-01-02T00:00:00Z,57.93,57.94,56.89,57.58,3929533         | 2024-01-29T00:00:00Z,60.21,60.71,58.45,58.97,3310546",
                "metatrader5.tsv       | A        | 20 | 2024-01-02T00:00:00Z,71.38,72.92,71.13,72.75,6858540         | 2024-01-29T00:00:00Z,78.22,78.47,77.87,78.15,7199170",
                "month-names.csv       | A        | 20 | 2024-01-02T00:00:00Z,2447.59,2449.54,2437.84,2446.8,5988765  | 2024-01-29T00:00:00Z,2432.99,2443.86,2415.91,2418.35,4008123",
                "nse-bhavcopy.csv      | QXNSE    | 20 | 2024-01-02T00:00:00Z,2447.59,2449.54,2437.84,2446.8,5988765  | 2024-01-29T00:00:00Z,2432.99,2443.86,2415.91,2418.35,4008123",
                "pandas-midnight.csv   | A        | 20 | 2024-01-02T00:00:00Z,58.26,58.75,57.53,57.98,6672751         | 2024-01-29T00:00:00Z,56.84,57.29,56.64,57.18,7333703",
                "plain.csv             | A        | 20 | 2024-01-02T00:00:00Z,43.88,43.95,43.24,43.8,5684313          | 2024-01-29T00:00:00Z,43.77,44.87,43.38,44.55,5603649",
                "stooq-bulk.txt        | QXST.US  | 20 | 2024-01-02T00:00:00Z,41.1261,41.4799,39.4231,40.2079,3470477 | 2024-01-29T00:00:00Z,39.038,39.3263,38.6848,38.8451,7025566",
                "tradingview-crypto.csv| A        | 20 | 2024-01-02T00:00:00Z,42161.65,42278.44,41850.66,42022.86,30310 | 2024-01-21T00:00:00Z,41691.06,41778.47,40687.18,40995.94,24445",
                // A day above 12 tells which number is the month.
                "american-dates.csv    | A        | 20 | 2024-01-02T00:00:00Z,57.98,60.51,57.78,59.73,6449528         | 2024-01-29T00:00:00Z,61.89,62.59,61.53,62.19,4133709",
                "excel-german.csv      | A        | 20 | 2024-01-02T00:00:00Z,1190.06,1199.73,1175.52,1194.69,4981262 | 2024-01-29T00:00:00Z,1217.69,1234.17,1217.04,1229.14,6400173",
                "google-sheets.csv     | A        | 20 | 2024-01-02T00:00:00Z,2447.59,2449.54,2437.84,2446.8,5988765  | 2024-01-29T00:00:00Z,2432.99,2443.86,2415.91,2418.35,4008123",
                "investing.csv         | A        | 20 | 2024-01-02T00:00:00Z,103.02,103.41,101.37,101.48,45230000    | 2024-01-29T00:00:00Z,100.48,101.4,98.74,99.56,67590000",
                "nasdaq.csv            | A        | 20 | 2024-01-02T00:00:00Z,187.14,187.56,184.18,185.63,2783786     | 2024-01-29T00:00:00Z,164.27,165.74,163.76,163.95,4616460"
            })
    void areReadWithoutHints(String file, String ticker, int count, String first, String last) {
        ParsedFile parsed = ParsedFile.named(file, Request.daily().ticker(ticker));

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).hasSize(count).startsWith(first).endsWith(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "excel-german.csv  | dd.MM.yyyy        | 2024-01-05T00:00:00Z,1187.39,1190.45,1173.77,1188.79,6682887",
                "google-sheets.csv | M/d/yyyy H:mm:ss  | 2024-01-09T00:00:00Z,2558.22,2558.64,2490.23,2512.55,5261227",
                "investing.csv     | MM/dd/yyyy        | 2024-01-09T00:00:00Z,101.83,102.39,100.34,101.11,81940000",
                "month-names.csv   | dd-MMM-yyyy       | 2024-01-09T00:00:00Z,2558.22,2558.64,2490.23,2512.55,5261227",
                "nasdaq.csv        | MM/dd/yyyy        | 2024-01-16T00:00:00Z,171.08,172.89,169.77,171.66,7452184"
            })
    void areReadWithADateFormat(String file, String dateFormat, String bar) {
        ParsedFile parsed = ParsedFile.named(file, Request.daily().dateFormat(dateFormat));

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).hasSize(20).contains(bar);
        assertThat(parsed.detected().dateFormat()).isEqualTo(dateFormat);
    }

    /** The day of New York on both sides of the change of its clocks on 10 March. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alpaca-bars.csv       | QXALP | 2024-03-08T00:00:00Z,190.11,193.95,187.96,192.05,3551661 | 2024-03-11T00:00:00Z,192.26,198.03,191.41,195.25,6693414",
                "tradingview-stock.csv | A     | 2024-03-08T00:00:00Z,64.52,65.21,64.36,64.46,5859848     | 2024-03-11T00:00:00Z,64.49,64.74,63.01,63.49,6975878"
            })
    void dailyBarsStampedWithAnInstantAreOfTheDayOfTheZone(String file, String ticker, String before, String after) {
        ParsedFile parsed =
                ParsedFile.named(file, Request.daily().ticker(ticker).zone("America/New_York"));
        ParsedFile withoutZone = ParsedFile.named(file, Request.daily().ticker(ticker));

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).hasSize(20).contains(before, after);
        assertThat(withoutZone.faults()).startsWith("2 timestamp not-midnight");
        assertThat(withoutZone.violations().getFirst().message()).contains("the parameter zone");
    }

    @Test
    void dateAndTimeInTwoColumnsAreOneLocalTime() {
        ParsedFile parsed = ParsedFile.named(
                "date-and-time.csv", Request.of(Timeframe.FIVE_MINUTES).zone("America/New_York"));

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars())
                .hasSize(60)
                .startsWith("2024-01-02T14:30:00Z,187.15,187.2,186.93,186.97,76771")
                .contains("2024-01-02T15:20:00Z,188.35,188.4,188.2,188.24,89468")
                .endsWith("2024-01-02T19:25:00Z,188.59,188.76,188.55,188.71,51832");
        assertThat(ParsedFile.named("date-and-time.csv", Request.of(Timeframe.FIVE_MINUTES))
                        .faults())
                .startsWith("2 timestamp no-time-zone");
    }

    @ParameterizedTest
    @CsvSource({"day-without-trades.csv", "yahoo-null-day.csv"})
    void daysWithoutPricesAreDroppedAndNamed(String file) {
        ParsedFile parsed = ParsedFile.named(file, Request.daily());

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).hasSize(19);
        assertThat(parsed.rows().dropped()).isEqualTo(1);
        assertThat(parsed.rows().droppedRows())
                .singleElement()
                .satisfies(row -> assertThat(row.line()).isEqualTo(11));
    }

    @Test
    void rowWithSomePricesIsAFault() {
        assertThat(ParsedFile.named("deleted-cell.csv", Request.daily()).faults())
                .containsExactly("11 low missing");
    }

    @Test
    void rowThatSaysTheSameTwiceIsNoFault() {
        ParsedFile parsed = ParsedFile.named("repeated-day.csv", Request.daily());

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).hasSize(20).contains("2024-01-15T00:00:00Z,94.91,95.68,94.64,95.17,3174932");
        assertThat(parsed.rows().duplicates()).isEqualTo(1);
    }

    @Test
    void contradictingRowsAreAFaultUnlessAPolicyDecides() {
        ParsedFile rejected = ParsedFile.named("contradicting-day.csv", Request.daily());
        ParsedFile first =
                ParsedFile.named("contradicting-day.csv", Request.daily().onDuplicate(DuplicatePolicy.FIRST));
        ParsedFile last =
                ParsedFile.named("contradicting-day.csv", Request.daily().onDuplicate(DuplicatePolicy.LAST));

        assertThat(rejected.faults()).containsExactly("12 timestamp duplicate");
        assertThat(rejected.violations().getFirst().message()).contains("line 11", "onDuplicate=last");
        assertThat(first.faults()).isEmpty();
        assertThat(first.bars()).hasSize(20).contains("2024-01-15T00:00:00Z,94.91,95.68,94.64,95.17,3174932");
        assertThat(last.faults()).isEmpty();
        assertThat(last.bars()).hasSize(20).contains("2024-01-15T00:00:00Z,94.91,96.68,94.64,95.67,3174932");
        assertThat(last.rows().duplicates()).isEqualTo(1);
    }
}
