package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Decimal;

/** How JSON contains prices and volumes. */
enum JsonNumbers {
    /** As numbers with all digits. A client that reads them as IEEE doubles, as JavaScript does, keeps 15. */
    NUMBER(""),
    /** As strings, so that every client keeps all digits. */
    STRING("\"");

    private final String quote;

    JsonNumbers(String quote) {
        this.quote = quote;
    }

    /** Returns what stands before and after a number. */
    String quote() {
        return quote;
    }

    String text(Decimal number) {
        return quote + number + quote;
    }
}
