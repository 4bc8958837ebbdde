package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.market.FakeStockService.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import of a CSV file, dropped on the page or chosen by keyboard, with its preview. */
@InBrowser
class ImportTest {

    private static final String HEADER = "date,open,high,low,close,volume";
    private static final String IMPORTABLE = "!document.querySelector('#import-send').disabled";
    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";

    @TempDir
    private Path directory;

    @Test
    void importsADroppedFileAfterAPreviewAndShowsItsCandles(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path file = csv("acme-1d.csv", days(60));
        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");

        tab.drag("dragEnter", "#chart", file);
        tab.until("!document.querySelector('#drop').hidden");
        tab.drag("drop", "#chart", file);
        tab.until("document.querySelector('#import').open && document.querySelector('#drop').hidden");
        assertThat(ticker(tab)).isEqualTo("ACME");
        tab.untilText("#import-preview", "60 bars into the new ticker ACME");
        assertThat(tab.text("#import-preview"))
                .contains("60 new", "separated by commas", "dates yyyy-MM-dd", "timestamp from “Day”")
                .containsPattern("First\\s+2000-01-03\\s+100")
                .containsPattern("Last\\s+2000-03-02");
        assertThat(tab.run("document.querySelectorAll('.ticker').length").asInt())
                .isZero();
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.press("Enter");

        tab.untilText("#import-result", "ACME: 60 rows read");
        assertThat(tab.text("#import-result")).contains("60 new");
        assertThat(tab.text("#import-preview")).isEmpty();
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.click("#import-close");
        tab.untilText("#ticker-name", "ACME");
        assertThat(tab.run("document.querySelector('#backtest').hidden").asBoolean())
                .isFalse();
        tab.until(DRAWN);
        assertThat(tab.text("[data-ticker=ACME]")).contains("60 bars");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void showsTheBarsOfTheImportedTimeframe(Stage stage, Tab tab) throws IOException {
        stage.with(1).store("ACME", SampleBars.randomWalk(1, 30));
        tab.open(stage.page(""));
        tab.until(DRAWN);

        tab.click("#import-open");
        tab.chooseFile("#import-file", csv("acme-5m.csv", days(5)));
        tab.untilText("#import-preview", "5 bars of 5m into the existing ticker ACME");
        tab.click("#import-send");
        tab.untilText("#import-result", "ACME: 5 rows read");
        tab.click("#import-close");

        tab.until("document.querySelector('#timeframe').value === '5m'");
        tab.until(DRAWN);
        assertThat(tab.text("[data-ticker=ACME]")).contains("5 bars");
        tab.click("#import-open");
        tab.chooseFile("#import-file", csv("acme-1d.csv", days(5)));
        tab.untilText("#import-preview", "5 bars into the existing ticker ACME");
        tab.chooseFile("#import-file", csv("next-1d.csv", days(5)));
        tab.untilText("#import-preview", "5 bars into NEXT, which has no 5m bars");
        tab.chooseFile("#import-file", csv("acme-5m.csv", days(5)));
        tab.untilText("#import-preview", "5 bars of 5m into the existing ticker ACME, which has 5 bars");
    }

    @Test
    void importsByKeyboard(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");

        tab.run("document.querySelector('#import-open').focus()");
        tab.press("Enter");
        tab.until("document.activeElement.id === 'import-file'");
        tab.chooseFile("#import-file", csv("my quotes.csv", days(5)));
        tab.untilText("#import-name", "my quotes.csv");
        tab.untilText("#import-preview", "Enter a ticker");
        tab.press("Tab");
        assertThat(tab.run("document.activeElement.id").asString()).isEqualTo("import-ticker");
        tab.type("brk.b");
        tab.until(IMPORTABLE);
        tab.press("Enter");

        tab.untilText("#import-result", "BRK.B: 5 rows read");
        tab.run("document.querySelector('#import-close').focus()");
        tab.press("Enter");
        tab.until("!document.querySelector('#import').open");
        tab.untilText("#ticker-name", "BRK.B");
        assertThat(tab.run("document.activeElement.id").asString()).isEqualTo("import-open");
    }

    @Test
    void clearsTheTickerIfTheNameOfTheNextFileSuggestsNone(Stage stage, Tab tab) throws IOException {
        stage.with(1).store("JSON", SampleBars.randomWalk(1, 300));
        tab.open(stage.page(""));
        tab.until(DRAWN);

        tab.click("#import-open");
        tab.chooseFile("#import-file", csv("json.csv", days(5)));
        tab.untilText("#import-preview", "5 bars into the existing ticker JSON, which has 300 bars");
        tab.chooseFile("#import-file", csv("ünïcode näme.csv", days(5)));

        tab.untilText("#import-preview", "Enter a ticker");
        assertThat(ticker(tab)).isEmpty();
        assertThat(tab.run(IMPORTABLE).asBoolean()).isFalse();
    }

    @Test
    void suggestsTickersFromTheNamesThatToolsGiveToFiles(Stage stage, Tab tab) {
        stage.with(1);
        tab.open(stage.page(""));

        Map.ofEntries(
                        Map.entry("BTC-USD.csv", "BTC-USD 1d"),
                        Map.entry("spy-1d.csv", "SPY 1d"),
                        Map.entry("qx.us.txt", "QX.US 1d"),
                        Map.entry("^GSPC.csv", "^GSPC 1d"),
                        Map.entry("EURUSD=X.csv", "EURUSD=X 1d"),
                        Map.entry("MSFT (1).csv", "MSFT 1d"),
                        Map.entry("BTCUSDT-5m-2024-01.csv", "BTCUSDT 5m"),
                        Map.entry("TICKER_1-bars.csv", "TICKER_1 1d"),
                        Map.entry("2330.csv", "2330 1d"),
                        Map.entry("2024-01-31.csv", " 1d"),
                        Map.entry("HistoricalData_1704067200000.csv", " 1d"),
                        Map.entry("download.csv", " 1d"))
                .forEach((name, expected) -> assertThat(
                                tab.run("""
                                import('/js/import-file.js').then(({ suggestion }) =>
                                  `${suggestion('%1$s').ticker} ${suggestion('%1$s').timeframe}`)""".formatted(name)).asString())
                        .as(name)
                        .isEqualTo(expected));
    }

    @Test
    void showsBothReadingsOfADateAndPreviewsTheChosenOne(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path file = csv("US.csv", Stream.of("01/02/2024,10,11,9,10,5", "01/03/2024,10,11,9,10,5"));
        openWith(file, stage, tab);

        tab.untilText("#import-preview", "MM/dd/yyyy: 01/02/2024 is 2024-01-02");
        assertThat(tab.text("#import-preview")).contains("dd/MM/yyyy: 01/02/2024 is 2024-02-01");
        assertThat(tab.run("document.querySelector('[name=dateFormat]').closest('.field').className")
                        .asString())
                .contains("helpful");
        assertThat(tab.run("document.querySelectorAll('.helpful').length").asInt())
                .isOne();
        assertThat(tab.run(IMPORTABLE).asBoolean()).isFalse();
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.click("#import-preview button");

        tab.untilText("#import-preview", "2 bars into the new ticker US");
        assertThat(tab.text("#import-preview")).contains("2024-01-02", "2024-01-03");
        assertThat(tab.run("document.querySelector('[name=dateFormat]').value").asString())
                .isEqualTo("MM/dd/yyyy");
        tab.click("#import-send");
        tab.untilText("#import-result", "US: 2 rows read");
    }

    @Test
    void previewsAnewWithTheFieldsThatSayHowTheFileIsRead(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        openWith(csv("ACME.csv", days(3)), stage, tab);
        tab.until(IMPORTABLE);

        tab.run("""
                Object.entries({ timeframe: '5m', zone: 'Europe/Berlin', decimal: 'point', onDuplicate: 'last' })
                    .forEach(([name, value]) => {
                      const field = document.querySelector(`[name=${name}]`);
                      field.value = value;
                      field.dispatchEvent(new Event('change'));
                    })""");
        assertThat(tab.run(IMPORTABLE).asBoolean()).isFalse();
        tab.untilText("#import-preview", "3 bars of 5m into ACME");
        tab.click("#import-send");
        tab.untilText("#import-result", "ACME: 3 rows read");

        assertThat(stage.replicas().getFirst().imports().getLast().uri())
                .contains("timeframe=5m", "zone=Europe", "decimal=point", "onDuplicate=last")
                .doesNotContain("dryRun", "dateFormat");
    }

    @Test
    void warnsInThePreview(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path file = directory.resolve("ACME.csv");
        Files.write(file, List.of(HEADER + ",adj close", "2024-01-02,10,11,9,10,5,10"));
        openWith(file, stage, tab);

        tab.untilText("#import-preview", "missing split (1): The adjusted closes imply a split.");

        assertThat(tab.text("#import-preview")).contains("Not read: adj close");
        assertThat(Axe.graveFaults(tab)).isEmpty();
    }

    @Test
    void previewsTheFirstWholeLinesOfALargeFile(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        openWith(csv("LARGE.csv", days(45_000)), stage, tab);

        tab.untilText("#import-preview", "This is a preview of the first 1,024 KiB of the file.");

        String sent = stage.replicas().getFirst().imports().getLast().body();
        assertThat(sent).hasSizeBetween(1_048_000, 1_048_576).endsWith("\n");
        tab.click("#import-send");
        tab.untilText("#import-result", "LARGE: 45,000 rows read");
    }

    @Test
    void showsHowMuchHasBeenSent(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        openWith(csv("SLOW.csv", days(9000)), stage, tab);
        tab.until(IMPORTABLE);
        tab.run("""
                window.seen = [];
                new MutationObserver(() => seen.push(document.querySelector('#import-bar').value))
                    .observe(document.querySelector('#import-percent'), { childList: true })""");

        tab.uploadAt(300_000);
        tab.press("Enter");
        tab.untilText("#import-result", "SLOW: 9,000 rows read");

        assertThat(tab.run("seen.filter(part => part > 0 && part < 1).length").asInt())
                .isPositive();
        assertThat(tab.run("seen.at(-1)").asDouble()).isEqualTo(1);
    }

    @Test
    void sendsOneFileAtATime(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        openWith(csv("SLOW.csv", days(9000)), stage, tab);
        tab.until(IMPORTABLE);

        tab.uploadAt(100_000);
        tab.press("Enter");
        tab.until("document.querySelector('#import-bar').value > 0");
        tab.chooseFile("#import-file", csv("NEXT.csv", days(5)));
        tab.untilText("#import-name", "NEXT.csv");
        tab.untilText("#import-preview", "5 bars into the new ticker NEXT");

        assertThat(tab.run(IMPORTABLE).asBoolean()).isFalse();
        assertThat(tab.run("document.querySelector('#import-progress').hidden").asBoolean())
                .isFalse();
        tab.uploadAt(-1);
        tab.untilText("#import-result", "SLOW: 9,000 rows read");
        tab.click("#import-send");
        tab.untilText("#import-result", "NEXT: 5 rows read");
    }

    @Test
    void namesTheBadLinesOfAFileAndImportsTheOthersOnRequest(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path file = csv(
                "BAD.csv", Stream.concat(days(3), Stream.of("2024-05-01,10,11,9,10,-5", "2024-05-02,ten,11,9,10,5")));
        openWith(file, stage, tab);
        tab.until("document.querySelectorAll('.faults tbody tr').length === 2");

        assertThat(tab.text(".faults tbody")).contains("5\tvolume: -5 (expected: ", "6\topen: ten (expected: ");
        assertThat(tab.text("#import-preview")).contains("Without these lines: 3 bars into the new ticker BAD.");
        assertThat(tab.run(IMPORTABLE).asBoolean()).isFalse();
        assertThat(tab.run("document.querySelectorAll('.ticker').length").asInt())
                .isZero();
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.click("#import-others");
        tab.untilText("#import-result", "BAD: 5 rows read");
        assertThat(tab.text("#import-result")).contains("3 new", "2 with errors");
    }

    @Test
    void offersNoOtherLinesIfNoneIsGood(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path noHeader = Files.write(directory.resolve("A.csv"), List.of("a,b,c,d,e,f", "2024-01-02,10,11,9,10,5"));
        Path noGoodLine = csv("B.csv", Stream.of("2024-05-01,10,11,9,10,-5"));

        openWith(noHeader, stage, tab);
        tab.untilText("#import-preview", "a header line that also names open");
        assertThat(tab.text("#import-preview")).doesNotContain("Import the other lines");
        tab.chooseFile("#import-file", noGoodLine);
        tab.untilText("#import-preview", "volume: -5");

        assertThat(tab.text("#import-preview")).doesNotContain("Import the other lines");
        assertThat(tab.run(IMPORTABLE).asBoolean()).isFalse();
    }

    @Test
    void takesATokenIfStockServiceRequiresOne(Stage stage, Tab tab) throws IOException {
        FakeStockService replica = stage.with(1).replicas().getFirst();
        replica.importWith(file -> "Bearer secret".equals(file.headers().get("Authorization"))
                ? CsvImport.into(replica, file)
                : new Answer(401, "application/problem+json", """
                        {"type":"urn:problem:unauthorized","title":"Unauthorized","status":401,\
                        "detail":"A write requires a token."}"""));
        openWith(csv("ACME.csv", days(3)), stage, tab);
        tab.untilText("#import-preview", "A write requires a token.");
        assertThat(Axe.graveFaults(tab)).isEmpty();

        enterToken("wrong", tab);
        tab.until("document.querySelector('#import-token').ariaInvalid === 'true'");
        enterToken("secret", tab);
        tab.untilText("#import-preview", "3 bars into the new ticker ACME");
        tab.click("#import-send");
        tab.untilText("#import-result", "ACME: 3 rows read");

        assertThat(tab.run("JSON.stringify([localStorage, sessionStorage, location.href])")
                        .asString())
                .doesNotContain("secret");
        tab.reload();
        assertThat(tab.run("document.querySelector('#import-token').value").asString())
                .isEmpty();
    }

    private static void enterToken(String token, Tab tab) {
        tab.run("document.querySelector('#import-token').select()");
        tab.type(token);
        tab.press("Enter");
    }

    private static void openWith(Path file, Stage stage, Tab tab) {
        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");
        tab.drag("dragEnter", "#chart", file);
        tab.drag("drop", "#chart", file);
        tab.until("document.querySelector('#import').open");
    }

    private static String ticker(Tab tab) {
        return tab.run("document.querySelector('#import-ticker').value").asString();
    }

    private Path csv(String name, Stream<String> lines) throws IOException {
        List<String> all = Stream.concat(Stream.of(HEADER), lines).toList();
        return Files.write(directory.resolve(name), all);
    }

    private static Stream<String> days(int count) {
        LocalDate first = LocalDate.of(2000, 1, 3);
        return IntStream.range(0, count)
                .mapToObj(i -> first.plusDays(i)
                        + ",%d,%d,%d,%d,%d".formatted(100 + i % 7, 110 + i % 7, 90 + i % 7, 103 + i % 5, 1000 + i));
    }
}
