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

    void append(StringBuilder target, Decimal number) {
        target.append(quote);
        number.append(target);
        target.append(quote);
    }

    String text(Decimal number) {
        return quote + number + quote;
    }
}
