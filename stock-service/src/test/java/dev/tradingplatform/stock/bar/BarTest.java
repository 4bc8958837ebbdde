package dev.tradingplatform.stock.bar;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class BarTest {

    @Test
    void pricesThatFitTogetherStayAsTheyAre() {
        Bar bar = bar("999999999.123456789", "999999999.2", "0.000000001", "1");

        assertThat(bar.withCommonScale()).isSameAs(bar);
        assertThat(bar.priceScale()).isEqualTo(9);
    }

    @Test
    void pricesBesideALargeOneKeepTheDecimalsThatThereIsRoomFor() {
        Bar bar = bar("0.123456789", "123456789012.5", "0.000000001", "2.5000005");

        assertThat(bar.withCommonScale()).isEqualTo(bar("0.123457", "123456789012.5", "0", "2.5"));
    }

    private static Bar bar(String open, String high, String low, String close) {
        return new Bar(0, decimal(open), decimal(high), decimal(low), decimal(close), Decimal.ZERO);
    }

    private static Decimal decimal(String text) {
        return Decimal.round(new BigDecimal(text)).orElseThrow();
    }
}
