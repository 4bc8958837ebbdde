package dev.tradingplatform.stock.bar;

/**
 * The result of reading a text.
 *
 * @param <T> type of the value
 */
public sealed interface Parsed<T> {

    /**
     * The text was accepted.
     *
     * @param value the value of the text
     * @param exact whether nothing of the text was rounded
     */
    record Good<T>(T value, boolean exact) implements Parsed<T> {

        /** Holds a value that was not rounded. */
        public Good(T value) {
            this(value, true);
        }
    }

    /**
     * The text was refused.
     *
     * @param code the kind of fault, such as {@code not-a-number}
     * @param expected what is accepted
     */
    record Bad<T>(String code, String expected) implements Parsed<T> {}
}
