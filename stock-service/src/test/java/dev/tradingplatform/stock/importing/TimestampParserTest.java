package dev.tradingplatform.stock.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.Timeframe;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampParserTest {

    @ParameterizedTest
    @CsvSource({
        "2024-01-31 09:30:00, MINUTE, 2024-01-31T14:30:00Z",
        "2024-07-31 09:30:00, MINUTE, 2024-07-31T13:30:00Z",
        "2024-01-31T09:30:00Z, MINUTE, 2024-01-31T09:30:00Z",
        "2024-01-31 00:00:00, DAY, 2024-01-31T00:00:00Z",
        "2024-01-31 22:00:00+00:00, DAY, 2024-01-31T00:00:00Z",
        "2024-01-31 02:00:00+00:00, DAY, 2024-01-30T00:00:00Z",
        "1706659200, DAY, 2024-01-31T00:00:00Z"
    })
    void readsLocalTimesOfTheZone(String text, Timeframe timeframe, Instant start) {
        assertThat(parser(timeframe, "America/New_York").parse(text, "")).isEqualTo(good(start));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-10T02:30:00, MINUTE, skipped-local-time",
        "2024-11-03T01:30:00, MINUTE, ambiguous-local-time",
        "2024-01-31T09:30:00.5Z, MINUTE, not-whole-seconds",
        "1706673600001, DAY, not-whole-seconds",
        "yesterday, DAY, not-a-timestamp",
        "2024-02-30, DAY, not-a-timestamp",
        "03/04/2024, DAY, ambiguous-date"
    })
    void refusesWithACodeThatSaysWhy(String text, Timeframe timeframe, String code) {
        assertThat(code(parser(timeframe, "America/New_York").parse(text, ""))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"2024-01-31T09:30:00, MINUTE, no-time-zone", "2024-01-31T05:00:00Z, DAY, not-midnight"})
    void needsAZone(String text, Timeframe timeframe, String code) {
        TimestampParser parser = new TimestampParser(timeframe, ImportOptions.Hints.NONE, Optional.empty());

        assertThat(code(parser.parse(text, ""))).isEqualTo(code);
    }

    @Test
    void readsThePatternAndNothingElse() {
        TimestampParser american = parser(Timeframe.DAY, "UTC", "MM/dd/yyyy");

        assertThat(american.parse("01/31/2024", "")).isEqualTo(good(Instant.parse("2024-01-31T00:00:00Z")));
        assertThat(american.parse("02/30/2024", "")).isInstanceOf(Parsed.Bad.class);
        assertThat(american.parse("2024-01-31", "")).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @CsvSource({"MM/dd/yyyy", "MM/dd/yyyy HH:mm"})
    void readsThePatternWithATimeInAColumnOfItsOwn(String pattern) {
        assertThat(parser(Timeframe.MINUTE, "UTC", pattern).parse("01/31/2024", "14:30"))
                .isEqualTo(good(Instant.parse("2024-01-31T14:30:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "VV, America/New_York, 2024-01-31T14:30:00Z",
        "z, EST, 2024-01-31T14:30:00Z",
        "XXX, -05:00, 2024-01-31T14:30:00Z",
        "VV, +01:00, 2024-01-31T08:30:00Z"
    })
    void readsTheZoneThatIsInTheTextAndNoOther(String letters, String zone, Instant start) {
        TimestampParser parser = parser(Timeframe.MINUTE, "Asia/Tokyo", "yyyy-MM-dd HH:mm " + letters);

        assertThat(parser.parse("2024-01-31 09:30 " + zone, "")).isEqualTo(good(start));
    }

    @Test
    void refusesALocalTimeThatItsOwnZoneSkips() {
        TimestampParser parser = parser(Timeframe.MINUTE, "UTC", "yyyy-MM-dd HH:mm VV");

        assertThat(code(parser.parse("2024-03-10 02:30 America/New_York", ""))).isEqualTo("skipped-local-time");
    }

    @Test
    void refusesWhatIsNoPattern() {
        assertThatIllegalArgumentException().isThrownBy(() -> DatePattern.parse("MM/dd/bbbb{"));
    }

    private static TimestampParser parser(Timeframe timeframe, String zone) {
        ImportOptions.Hints hints =
                new ImportOptions.Hints(Optional.of(ZoneId.of(zone)), Optional.empty(), Optional.empty());
        return new TimestampParser(timeframe, hints, Optional.empty());
    }

    private static TimestampParser parser(Timeframe timeframe, String zone, String pattern) {
        ImportOptions.Hints hints = new ImportOptions.Hints(
                Optional.of(ZoneId.of(zone)), Optional.of(DatePattern.parse(pattern)), Optional.empty());
        return new TimestampParser(timeframe, hints, Optional.empty());
    }

    private static Parsed<Long> good(Instant start) {
        return new Parsed.Good<>(start.getEpochSecond());
    }

    private static String code(Parsed<Long> parsed) {
        return parsed instanceof Parsed.Bad<Long>(String code, String _) ? code : "good";
    }
}
