package dev.tradingplatform.stock.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.importing.ParsedFile.Request;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One dialect of CSV a test, each in a file of its own that is as small as it can be. */
class CsvDialectsTest {

    private static final String HEADER = "date,open,high,low,close,volume\n";
    private static final String BAR = "2024-01-02T00:00:00Z,1234.5,1240,1230.25,1235,1000000";

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void separatorIsRecognised(String separator) {
        String file = (HEADER + "2024-01-02,1234.5,1240,1230.25,1235,1000000\n").replace(",", separator);

        ParsedFile parsed = ParsedFile.of(file);

        assertThat(parsed.bars()).containsExactly(BAR);
        assertThat(parsed.detected().separator()).isEqualTo(separator);
        assertThat(parsed.detected().decimal()).isEqualTo(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Datum;Eröffnung;Hoch;Tief;Schluss;Volumen\n02.01.2024;1234,5;1240;1230,25;1235;1000000\n31.12.2023;1;1;1;1;1\n",
                "Date;Open;High;Low;Close;Volume\n02.01.2024;1.234,5;1.240;1.230,25;1.235;1.000.000\n31.12.2023;1;1;1;1;1\n",
                "Date\tOpen\tHigh\tLow\tClose\tVolume\n2024-01-02\t1234,5\t1240\t1230,25\t1235\t1000000\n",
                "\"Datum\",\"Zuletzt\",\"Eröffn.\",\"Hoch\",\"Tief\",\"Vol.\",\"+/- %\"\n\"31.12.2023\",\"1\",\"1\",\"1\",\"1\",\"1\",\"0\"\n\"02.01.2024\",\"1.235,00\",\"1.234,50\",\"1.240,00\",\"1.230,25\",\"1,00M\",\"0,42%\"\n",
                "sep=;\nDate;Open;High;Low;Close;Volume\n2024-01-02;1234,50;1240,00;1230,25;1235,00;1000000\n"
            })
    void decimalCommaIsRecognised(String file) {
        ParsedFile parsed = ParsedFile.of(file);

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).contains(BAR);
        assertThat(parsed.detected().decimal()).isEqualTo(",");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-02,\"1,234.50\",\"1,240\",\"1,230.25\",\"1,235\",\"1,000,000\"",
                "2024-01-02,$1234.50,$1240.00,$1230.25,$1235,1000000",
                "2024-01-02,\"$1,234.50\",\"$1,240.00\",\"$1,230.25\",\"$1,235.00\",1.00M",
                "2024-01-02,€ 1234.50,1240 €,1230.25,1235,1000K",
                "2024-01-02,1'234.50,1'240.00,1’230.25,1'235,1'000'000",
                "2024-01-02,1 234.50,1\u00A0240,1\u202F230.25,1 235,1 000 000",
                "2024-01-02,₹1234.50,₹1240,₹1230.25,₹1235,\"10,00,000\"",
                "2024-01-02,1234.50,1240,1.23025e3,1235.00,0.001B"
            })
    void numberIsReadHoweverItIsDecorated(String row) {
        ParsedFile parsed = ParsedFile.of(HEADER + row + "\n");

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).containsExactly(BAR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12,34", "1,23,4", "1.234,5", "1,2345", "12a", "1..2", "1-2", "$", "5 %"})
    void numberThatIsNoneIsAFault(String number) {
        ParsedFile parsed =
                ParsedFile.of(HEADER + "2024-01-02,1.5,9999,0.5,1,1\n2024-01-03,\"" + number + "\",9999,0.5,1,1\n");

        assertThat(parsed.faults()).containsExactly("3 open not-a-number");
    }

    @Test
    void decimalSignIsTheOneOfTheParameter() {
        String file = "date;open;high;low;close;volume\n2024-01-02;1,234;1,240;1,230;1,235;1\n";

        assertThat(ParsedFile.of(file).bars()).containsExactly("2024-01-02T00:00:00Z,1.234,1.24,1.23,1.235,1");
        assertThat(ParsedFile.of(file, Request.daily().decimal(DecimalSign.POINT))
                        .bars())
                .containsExactly("2024-01-02T00:00:00Z,1234,1240,1230,1235,1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date;open;high;low;close;volume\n2024-01-02;140.859;140.900;140.800;140.850;0\n",
                "date\topen\thigh\tlow\tclose\tvolume\n2024-01-02\t140,859\t140,900\t140,800\t140,850\t0\n"
            })
    void numbersWithTwoReadingsAreRefusedOnceWithBothAndTheParameter(String file) {
        ParsedFile parsed = ParsedFile.of(file);

        assertThat(parsed.faults()).containsExactly("2 open ambiguous-number");
        assertThat(parsed.violations().getFirst().message()).contains("decimal=point for 140", "decimal=comma for 140");
        assertThat(ParsedFile.of(file.replace(",", "."), Request.daily().decimal(DecimalSign.POINT))
                        .bars())
                .containsExactly("2024-01-02T00:00:00Z,140.859,140.9,140.8,140.85,0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date;open;high;low;close;volume\n2024-01-02;140.859;140.900;140.800;140.850;12345\n",
                "date\topen\thigh\tlow\tclose\tvolume\n2024-01-02\t140,859\t140,900\t140,800\t140,850\t12345\n",
                "date,open,high,low,close,volume\n2024-01-02,140.859,140.900,140.800,140.850,12345\n"
            })
    void thousandWithoutSeparatorTellsThatSeparatorsAreDecimalSigns(String file) {
        assertThat(ParsedFile.of(file).bars()).containsExactly("2024-01-02T00:00:00Z,140.859,140.9,140.8,140.85,12345");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
    void byteOrderMarkDecidesOnTheEncoding(Charset charset) {
        byte[] file = ("\uFEFF" + HEADER + "2024-01-02,1234.5,1240,1230.25,1235,1000000\r\n").getBytes(charset);

        assertThat(ParsedFile.of(file, ImportFormat.CSV, Request.daily()).bars())
                .containsExactly(BAR);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE", "UTF-16BE"})
    void utf16IsRecognisedWithoutByteOrderMark(Charset charset) {
        byte[] file = (HEADER + "2024-01-02,1234.5,1240,1230.25,1235,1000000\r\n").getBytes(charset);

        assertThat(ParsedFile.of(file, ImportFormat.CSV, Request.daily()).bars())
                .containsExactly(BAR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyLineEndIsRead(String end) {
        assertThat(ParsedFile.of((HEADER + "\n2024-01-02,1234.5,1240,1230.25,1235,1000000").replace("\n", end))
                        .bars())
                .containsExactly(BAR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-02",
                "20240102",
                "2024/01/02",
                "2024.01.02",
                "2024-1-2",
                "2024-01-02 00:00:00",
                "2024-01-02T00:00",
                "2024-01-02 16:00:00",
                "2024-01-02T00:00:00Z",
                "2024-01-02 00:00:00-05:00",
                "2024-01-02T00:00:00.000+0100",
                "2024-01-02 00:00 UTC",
                "20240102000000",
                "02-Jan-2024",
                "02-JAN-24",
                "2 January 2024",
                "2024-Jan-02",
                "\"Jan 02, 2024\"",
                "\"January 2, 2024\"",
                "\"Tue, 02 Jan 2024\"",
                "1704153600",
                "1704153600.0",
                "1704153600000",
                "1704153600000000",
                "1704153600000000000"
            })
    void dayIsReadInEveryFormThatHasOneReading(String date) {
        ParsedFile parsed = ParsedFile.of(HEADER + date + ",1234.5,1240,1230.25,1235,1000000\n");

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).containsExactly(BAR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-02 09:30",
                "2024-01-02T09:30:00",
                "20240102 0930",
                "20240102 093000",
                "20240102 93000",
                "2024.01.02 09:30:00",
                "2024-01-02 9:30 AM",
                "2024-01-02T14:30:00Z",
                "2024-01-02 09:30:00-05:00",
                "2024-01-02T09:30:00-05:00[America/New_York]",
                "1704205800",
                "1704205800000"
            })
    void minuteIsReadInEveryForm(String time) {
        ParsedFile parsed = ParsedFile.of(
                HEADER + time + ",1,2,0.5,1.5,10\n",
                Request.of(Timeframe.MINUTE).zone("America/New_York"));

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).containsExactly("2024-01-02T14:30:00Z,1,2,0.5,1.5,10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-30",
                "2024-13-01",
                "13/13/2024",
                "00/05/2024",
                "tomorrow",
                "1",
                "170415360",
                "12345678901",
                "2024-01-02 25:00",
                "2024-01-02x",
                "02-Foo-2024",
                "1/2/24",
                "99999999999999999999"
            })
    void dateThatIsNoneIsAFault(String date) {
        ParsedFile parsed = ParsedFile.of(HEADER + "2024-01-02,1,2,0.5,1.5,10\n" + date + ",1,2,0.5,1.5,10\n");

        assertThat(parsed.faults()).hasSize(1).first().asString().startsWith("3 timestamp ");
    }

    @Test
    void dateWithTwoReadingsIsRefusedOnceWithBothAndTheParameter() {
        String file = HEADER + "03/04/2024,1,2,0.5,1.5,10\n04/04/2024,1,2,0.5,1.5,10\n05/04/2024,1,2,0.5,1.5,10\n";

        ParsedFile parsed = ParsedFile.of(file);

        assertThat(parsed.faults()).containsExactly("2 timestamp ambiguous-date");
        assertThat(parsed.violations().getFirst().message())
                .contains("dateFormat=MM/dd/yyyy for 2024-03-04", "dateFormat=dd/MM/yyyy for 2024-04-03");
        assertThat(ParsedFile.of(file, Request.daily().dateFormat("dd/MM/yyyy")).bars())
                .startsWith("2024-04-03T00:00:00Z,1,2,0.5,1.5,10");
    }

    @ParameterizedTest
    @CsvSource({
        "MM/dd/yyyy, 3/4/2024, 2024-03-04",
        "dd/MM/yyyy, 3/4/2024, 2024-04-03",
        "dd.MM.yyyy, 3.4.2024, 2024-04-03",
        "MM/dd/yyyy, 11/04/2024, 2024-11-04",
        "yyyyMMdd, 20240304, 2024-03-04"
    })
    void patternThatARefusalNamesReadsDatesOfOneDigitToo(String pattern, String date, String read) {
        String file = HEADER + date + ",1,2,0.5,1.5,10\n";

        assertThat(ParsedFile.of(file, Request.daily().dateFormat(pattern)).bars())
                .containsExactly(read + "T00:00:00Z,1,2,0.5,1.5,10");
    }

    @ParameterizedTest
    @CsvSource({"MM/dd/yyyy, 13/4/2024", "MM/dd/yyyy, 2/30/2024", "yyyyMMdd, 2024304", "MM/dd/yyyy, /4/2024"})
    void patternStillRefusesWhatIsNoDate(String pattern, String date) {
        assertThat(ParsedFile.of(
                                HEADER + date + ",1,2,0.5,1.5,10\n",
                                Request.daily().dateFormat(pattern))
                        .faults())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"25/04/2024, 2024-04-03T00:00:00Z", "04/25/2024, 2024-03-04T00:00:00Z"})
    void anotherRowDecidesOnTheOrderOfDates(String date, String first) {
        StringBuilder file = new StringBuilder(HEADER);
        for (int volume = 0; volume < 5_000; volume++) {
            file.append("03/04/2024,1,2,0.5,1.5,10\n");
        }
        file.append(date).append(",1,2,0.5,1.5,10\n");

        ParsedFile parsed = ParsedFile.of(file.toString());

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).hasSize(2).first().asString().startsWith(first);
    }

    @Test
    void dateWithEqualNumbersHasOneReading() {
        assertThat(ParsedFile.of(HEADER + "04/04/2024,1,2,0.5,1.5,10\n").bars())
                .containsExactly("2024-04-04T00:00:00Z,1,2,0.5,1.5,10");
    }

    @Test
    void datesOfBothOrdersAreAFault() {
        ParsedFile parsed = ParsedFile.of(HEADER + "25/04/2024,1,2,0.5,1.5,10\n04/26/2024,1,2,0.5,1.5,10\n");

        assertThat(parsed.faults()).containsExactly("3 timestamp not-a-timestamp");
    }

    @Test
    void headerOfThreeLinesIsRecognised() {
        String file = "Price,Close,High,Low,Open,Volume\nTicker,A,A,A,A,A\nDate,,,,,\n2024-01-02,1.5,2,0.5,1,10\n";

        ParsedFile parsed = ParsedFile.of(file, Request.daily().anyTicker());

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).containsExactly("2024-01-02T00:00:00Z,1,2,0.5,1.5,10");
        assertThat(ParsedFile.of(file, Request.daily().ticker("B")).faults()).containsExactly("4 ticker other-ticker");
    }

    @Test
    void headerOfThreeLinesWithSeveralTickersIsRefused() {
        String file = """
                Price,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume
                Ticker,A,B,A,B,A,B,A,B,A,B
                Date,,,,,,,,,,
                2024-01-02,1,1,1,1,1,1,1,1,1,1
                """;

        assertThat(ParsedFile.of(file).faults()).containsExactly("1 header duplicate-column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nA,D,20240102,000000,1,2,0.5,1.5,10,0\n",
                "<TICKER>,<DTYYYYMMDD>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\nA,20240102,000000,1,2,0.5,1.5,10\n",
                "Date,Close/Last,Volume,Open,High,Low\n01/02/2024,$1.50,10,$1.00,$2.00,$0.50\n01/31/2023,$1,1,$1,$1,$1\n",
                "Open time,Open,High,Low,Close,Volume,Close time\n1704153600000,1,2,0.5,1.5,10,1704239999999\n",
                ",Open,High,Low,Close,Volume\n2024-01-02,1,2,0.5,1.5,10\n",
                "unix,date,symbol,open,high,low,close,Volume\n1704153600,2024-01-02 00:00:00,A,1,2,0.5,1.5,10\n",
                "Quotes of A\n\nDate,Open,High,Low,Close,Volume\n2024-01-02,1,2,0.5,1.5,10\n",
                "Date,Open,High,Low,Close,Volume,\n2024-01-02,1,2,0.5,1.5,10,\n",
                "Date,Open,High,Low,Close,Volume\n2024-01-02,1,2,0.5,1.5,10,,\n"
            })
    void headersOfToolsAreRecognised(String file) {
        ParsedFile parsed = ParsedFile.of(file);

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).contains("2024-01-02T00:00:00Z,1,2,0.5,1.5,10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1704153600000,1,2,0.5,1.5,10,1704239999999,20,3,5,10,0",
                "20240102;1;2;0.5;1.5;10",
                "2024.01.02,00:00,1,2,0.5,1.5,10",
                "02.01.2024;1,0;2,0;0,5;1,5;10",
            })
    void fileWithoutHeaderIsReadInTheUsualOrder(String row) {
        String last = row.startsWith("02.") ? "\n31.12.2023;1,0;2,0;0,5;1,5;10\n" : "\n";

        ParsedFile parsed = ParsedFile.of(row + last);

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).contains("2024-01-02T00:00:00Z,1,2,0.5,1.5,10");
    }

    @Test
    void titlesFootersAndRepeatedHeadersAreDroppedAndNamed() {
        String file = "Daily prices\n" + HEADER + "2024-01-02,1,2,0.5,1.5,10\n" + HEADER
                + "2024-01-03,N/A,N/A,N/A,N/A,-\n2024-01-04,1,2,0.5,1.5,10\n,,,,,\n"
                + "\"Source: an exchange, 30-Jan-2024 05:00pm. No warranty.\"\n";

        ParsedFile parsed = ParsedFile.of(file);

        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.bars()).hasSize(2);
        assertThat(parsed.rows().dropped()).isEqualTo(5);
        assertThat(parsed.rows().droppedRows())
                .extracting(row -> row.line() + " " + row.code())
                .containsExactly("1 not-a-row", "4 not-a-row", "5 no-prices", "7 no-prices", "8 not-a-row");
    }

    @Test
    void rowThatEndsTooEarlyIsAFault() {
        assertThat(ParsedFile.of(HEADER + "2024-01-02,1,2,0.5,1.5,10\n2024-01-0")
                        .faults())
                .containsExactly("3 row wrong-number-of-fields");
    }

    @Test
    void whatWasRecognisedIsReported() {
        ParsedFile parsed = ParsedFile.of(
                "Datum;Open;High;Low;Close;Volume;Note\n31.01.2024;1,5;2;0,5;1;10;x\n",
                Request.daily().zone("Europe/Berlin"));

        assertThat(parsed.detected().format()).isEqualTo("csv");
        assertThat(parsed.detected().columns())
                .containsEntry("timestamp", "Datum")
                .containsEntry("close", "Close");
        assertThat(parsed.detected().ignoredColumns()).containsExactly("Note");
        assertThat(parsed.detected().dateFormat()).isEqualTo("dd.MM.yyyy");
        assertThat(parsed.detected().zone()).isEqualTo("Europe/Berlin");
    }

    @Test
    void datesInJsonAreRecognisedToo() {
        String json = "[{\"timestamp\":\"31/01/2024\",\"open\":1,\"high\":2,\"low\":0.5,\"close\":1.5,\"volume\":10}]";

        ParsedFile parsed = ParsedFile.of(json.getBytes(StandardCharsets.UTF_8), ImportFormat.JSON, Request.daily());

        assertThat(parsed.bars()).containsExactly("2024-01-31T00:00:00Z,1,2,0.5,1.5,10");
    }
}
