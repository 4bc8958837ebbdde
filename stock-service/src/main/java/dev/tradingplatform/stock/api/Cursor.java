package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * A place in a listing, for the client to hand back: where the last page ended, and of which listing, so that it is
 * never used with other filters. It holds for ever and on every replica; what is inserted behind it is not seen.
 */
final class Cursor {

    private static final String EXPECTED = "the cursor of a previous answer, with the same other parameters";

    private Cursor() {}

    static String write(String position, String scope) {
        String text = scope + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a position.
     *
     * @param reader returns nothing for what is no position
     */
    static <T> Parsed<T> read(String cursor, String scope, Function<String, Optional<T>> reader) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return new Parsed.Bad<>("not-a-cursor", EXPECTED);
        }
        return text.startsWith(scope)
                ? reader.apply(text.substring(scope.length()))
                        .<Parsed<T>>map(Parsed.Good::new)
                        .orElseGet(() -> new Parsed.Bad<>("not-a-cursor", EXPECTED))
                : new Parsed.Bad<>("other-query", EXPECTED);
    }
}
