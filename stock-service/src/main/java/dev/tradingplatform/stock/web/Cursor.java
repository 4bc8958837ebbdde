package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A place in a listing, for the client to hand back: where the last page ended, and of which listing, so that it is
 * never used with other filters. It holds for ever and on every replica; what is inserted behind it is not seen.
 */
final class Cursor {

    private static final String EXPECTED = "the cursor of a previous answer, with the same other parameters";

    private Cursor() {}

    static String write(long position, String scope) {
        String text = scope + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Parsed<Long> read(String cursor, String scope) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return text.startsWith(scope)
                    ? new Parsed.Good<>(Long.parseLong(text.substring(scope.length())))
                    : new Parsed.Bad<>("other-query", EXPECTED);
        } catch (IllegalArgumentException _) {
            return new Parsed.Bad<>("not-a-cursor", EXPECTED);
        }
    }
}
