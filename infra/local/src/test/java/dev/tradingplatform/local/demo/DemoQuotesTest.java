package dev.tradingplatform.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class DemoQuotesTest {

    private final String csv = DemoQuotes.csv();
    private final List<String[]> rows =
            csv.lines().skip(1).map(line -> line.split(",")).toList();

    @Test
    void areTheSameOnEveryMachine() {
        CRC32 crc = new CRC32();
        crc.update(csv.getBytes(StandardCharsets.UTF_8));

        assertThat(Long.toHexString(crc.getValue())).isEqualTo("1c0ec2b3");
    }

    @Test
    void coverTheSameTradingDaysForEveryTicker() {
        assertThat(rows).hasSize(5 * DemoQuotes.DAYS);
        for (String ticker : DemoQuotes.TICKERS) {
            List<LocalDate> days = rows.stream()
                    .filter(row -> row[0].equals(ticker))
                    .map(row -> LocalDate.parse(row[1]))
                    .toList();
            assertThat(days).hasSize(DemoQuotes.DAYS).isSorted().doesNotHaveDuplicates();
            assertThat(days.getLast()).isEqualTo("2025-12-31");
            assertThat(days).extracting(LocalDate::getDayOfWeek).doesNotContain(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
        }
    }

    @Test
    void areValidBars() {
        assertThat(rows).allSatisfy(row -> {
            BigDecimal[] prices = Arrays.stream(row, 2, 6).map(BigDecimal::new).toArray(BigDecimal[]::new);
            assertThat(prices[2]).isPositive().isLessThanOrEqualTo(prices[0].min(prices[3]));
            assertThat(prices[1]).isGreaterThanOrEqualTo(prices[0].max(prices[3]));
            assertThat(Long.parseLong(row[6])).isPositive();
        });
    }
}
