package dev.tradingplatform.stock.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampFormatTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2024-01-31, DAY, 2024-01-31T00:00:00Z",
        "20240131, DAY, 2024-01-31T00:00:00Z",
        "2024-01-31T00:00:00Z, DAY, 2024-01-31T00:00:00Z",
        "2024-01-31 00:00:00+00:00, DAY, 2024-01-31T00:00:00Z",
        "2024-01-31T09:30:00-05:00, MINUTE, 2024-01-31T14:30:00Z",
        "2024-01-31 14:30Z, MINUTE, 2024-01-31T14:30:00Z"
    })
    void readsTheFormsPeopleUse(String text, Timeframe timeframe, Instant start) {
        assertThat(TimestampFormat.ISO.parse(text, timeframe)).isEqualTo(new Parsed.Good<>(start.getEpochSecond()));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-30, DAY, not-a-timestamp",
        "01/31/2024, DAY, not-a-timestamp",
        "yesterday, DAY, not-a-timestamp",
        "2024-01-31T09:30:00, MINUTE, no-time-zone",
        "2024-01-31T00:00:00, DAY, no-time-zone",
        "2024-01-31T05:00:00Z, DAY, not-midnight",
        "2024-01-31T00:00:00-05:00, DAY, not-midnight",
        "2024-01-31T09:30:00.5Z, MINUTE, not-whole-seconds"
    })
    void refusesWithACodeThatSaysWhy(String text, Timeframe timeframe, String code) {
        assertThat(TimestampFormat.ISO.parse(text, timeframe))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-31 09:30:00, MINUTE, 2024-01-31T14:30:00Z",
        "2024-07-31 09:30:00, MINUTE, 2024-07-31T13:30:00Z",
        "2024-01-31T09:30:00Z, MINUTE, 2024-01-31T09:30:00Z",
        "2024-01-31 00:00:00, DAY, 2024-01-31T00:00:00Z"
    })
    void readsLocalTimesOfTheZoneItIsToldOf(String text, Timeframe timeframe, Instant start) {
        assertThat(TimestampFormat.ISO.in(NEW_YORK).parse(text, timeframe))
                .isEqualTo(new Parsed.Good<>(start.getEpochSecond()));
    }

    @ParameterizedTest
    @CsvSource({"2024-03-10T02:30:00, skipped-local-time", "2024-11-03T01:30:00, ambiguous-local-time"})
    void refusesLocalTimesThatAreNotOneInstant(String text, String code) {
        assertThat(TimestampFormat.ISO.in(NEW_YORK).parse(text, Timeframe.MINUTE))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo(code));
    }

    @Test
    void readsMonthFirstOnlyWhenAsked() {
        TimestampFormat american = TimestampFormat.ISO.shapedAs("MM/dd/yyyy");

        assertThat(american.parse("01/31/2024", Timeframe.DAY))
                .isEqualTo(
                        new Parsed.Good<>(Instant.parse("2024-01-31T00:00:00Z").getEpochSecond()));
        assertThat(american.parse("02/30/2024", Timeframe.DAY)).isInstanceOf(Parsed.Bad.class);
        assertThat(american.parse("2024-01-31", Timeframe.DAY)).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @CsvSource({
        "VV, America/New_York, MINUTE, 2024-01-31T14:30:00Z",
        "z, EST, MINUTE, 2024-01-31T14:30:00Z",
        "XXX, -05:00, MINUTE, 2024-01-31T14:30:00Z",
        "VV, +01:00, MINUTE, 2024-01-31T08:30:00Z"
    })
    void readsTheZoneThatIsInTheTextAndNoOther(String letters, String zone, Timeframe timeframe, Instant start) {
        TimestampFormat format =
                TimestampFormat.ISO.in(ZoneId.of("Asia/Tokyo")).shapedAs("yyyy-MM-dd HH:mm " + letters);

        assertThat(format.parse("2024-01-31 09:30 " + zone, timeframe))
                .isEqualTo(new Parsed.Good<>(start.getEpochSecond()));
    }

    @Test
    void refusesALocalTimeThatItsOwnZoneSkips() {
        TimestampFormat format = TimestampFormat.ISO.in(ZoneId.of("UTC")).shapedAs("yyyy-MM-dd HH:mm VV");

        assertThat(format.parse("2024-03-10 02:30 America/New_York", Timeframe.MINUTE))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo("skipped-local-time"));
    }

    @Test
    void refusesWhatIsNoPattern() {
        assertThatIllegalArgumentException().isThrownBy(() -> TimestampFormat.ISO.shapedAs("MM/dd/bbbb{"));
        assertThatIllegalArgumentException().isThrownBy(() -> TimestampFormat.ISO.shapedAs("upsert"));
    }

    @Test
    void writesEveryInstantAsJavaTimeDoes() {
        LongStream days = LongStream.rangeClosed(-719_600, 2_933_000);
        LongStream.concat(days.map(day -> day * 86_400 + day % 86_400), LongStream.of(-1, 0, 59, 253_402_300_799L))
                .forEach(second -> {
                    StringBuilder text = new StringBuilder();
                    TimestampFormat.append(text, second);
                    if (!text.toString().equals(Instant.ofEpochSecond(second).toString())) {
                        throw new AssertionError(second + " is written " + text);
                    }
                });
    }
}
