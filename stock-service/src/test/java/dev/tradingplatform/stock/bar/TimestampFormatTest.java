package dev.tradingplatform.stock.bar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampFormatTest {

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
        assertThat(TimestampFormat.parse(text, timeframe)).isEqualTo(new Parsed.Good<>(start.getEpochSecond()));
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
        assertThat(TimestampFormat.parse(text, timeframe))
                .isInstanceOfSatisfying(
                        Parsed.Bad.class, bad -> assertThat(bad.code()).isEqualTo(code));
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
