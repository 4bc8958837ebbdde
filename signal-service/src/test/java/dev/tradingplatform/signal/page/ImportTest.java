package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Importing a CSV file: dropped on the page, or chosen by keyboard. */
@InBrowser
class ImportTest {

    private static final String HEADER = "date,open,high,low,close,volume";
    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";

    @TempDir
    private Path directory;

    @Test
    void importsAFileThatIsDroppedAndShowsItsCandles(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path file = csv("acme-1d.csv", days(60));
        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");

        tab.drag("dragEnter", "#chart", file);
        tab.until("!document.querySelector('#drop').hidden");
        tab.drag("drop", "#chart", file);
        tab.until("document.querySelector('#import').open && document.querySelector('#drop').hidden");
        assertThat(tab.run("document.querySelector('#import-ticker').value").asString())
                .isEqualTo("ACME");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.press("Enter");

        tab.untilText("#import-result", "ACME: 60 bars read");
        assertThat(tab.text("#import-result")).contains("60 new");
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
    void importsByKeyboard(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");

        tab.run("document.querySelector('#import-open').focus()");
        tab.press("Enter");
        tab.until("document.activeElement.id === 'import-file'");
        tab.chooseFile("#import-file", csv("my quotes.csv", days(5)));
        tab.untilText("#import-name", "my quotes.csv");
        tab.press("Tab");
        assertThat(tab.run("document.activeElement.id").asString()).isEqualTo("import-ticker");
        tab.run("document.activeElement.select()");
        tab.type("brk.b");
        tab.press("Enter");

        tab.untilText("#import-result", "BRK.B: 5 bars read");
        tab.run("document.querySelector('#import-close').focus()");
        tab.press("Enter");
        tab.until("!document.querySelector('#import').open");
        tab.untilText("#ticker-name", "BRK.B");
        assertThat(tab.run("document.activeElement.id").asString()).isEqualTo("import-open");
    }

    @Test
    void showsHowMuchHasBeenSent(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path file = csv("SLOW.csv", days(9000));
        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");
        tab.drag("dragEnter", "#chart", file);
        tab.drag("drop", "#chart", file);
        tab.until("document.querySelector('#import').open");
        tab.run("""
                window.seen = [];
                new MutationObserver(() => seen.push(document.querySelector('#import-bar').value))
                    .observe(document.querySelector('#import-percent'), { childList: true })""");

        tab.uploadAt(300_000);
        tab.press("Enter");
        tab.untilText("#import-result", "SLOW: 9,000 bars read");

        assertThat(tab.run("seen.filter(part => part > 0 && part < 1).length").asInt())
                .isPositive();
        assertThat(tab.run("seen.at(-1)").asDouble()).isEqualTo(1);
    }

    @Test
    void sendsOneFileAtATime(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path file = csv("SLOW.csv", days(9000));
        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");
        tab.drag("dragEnter", "#chart", file);
        tab.drag("drop", "#chart", file);
        tab.until("document.querySelector('#import').open");

        tab.uploadAt(100_000);
        tab.press("Enter");
        tab.until("document.querySelector('#import-bar').value > 0");
        tab.chooseFile("#import-file", csv("NEXT.csv", days(5)));
        tab.untilText("#import-name", "NEXT.csv");

        assertThat(tab.run("document.querySelector('#import-send').disabled").asBoolean())
                .isTrue();
        assertThat(tab.run("document.querySelector('#import-progress').hidden").asBoolean())
                .isFalse();
        tab.uploadAt(-1);
        tab.untilText("#import-result", "SLOW: 9,000 bars read");
        tab.click("#import-send");
        tab.untilText("#import-result", "NEXT: 5 bars read");
    }

    @Test
    void namesTheBadLinesOfAFileAndImportsTheOthersOnRequest(Stage stage, Tab tab) throws IOException {
        stage.with(1);
        Path file = csv(
                "BAD.csv", Stream.concat(days(3), Stream.of("2024-05-01,10,11,9,10,-5", "2024-05-02,ten,11,9,10,5")));
        tab.open(stage.page(""));
        tab.untilText("#ticker-state", "No quotes yet");
        tab.drag("dragEnter", "#chart", file);
        tab.drag("drop", "#chart", file);
        tab.until("document.querySelector('#import').open");
        tab.press("Enter");
        tab.until("document.querySelectorAll('.faults tbody tr').length === 2");

        assertThat(tab.text(".faults tbody")).contains("5\tvolume: -5 (expected: ", "6\topen: ten (expected: ");
        assertThat(tab.run("document.querySelectorAll('.ticker').length").asInt())
                .isZero();
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.click(".result button");
        tab.untilText("#import-result", "BAD: 5 bars read");
        assertThat(tab.text("#import-result")).contains("3 new", "2 rejected");
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
