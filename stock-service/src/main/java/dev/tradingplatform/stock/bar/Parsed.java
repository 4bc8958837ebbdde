package dev.tradingplatform.stock.bar;

/**
 * What came of reading a text.
 *
 * @param <T> what was to be read
 */
public sealed interface Parsed<T> {

    /**
     * The text was good.
     *
     * @param value what it says
     */
    record Good<T>(T value) implements Parsed<T> {}

    /**
     * The text was refused.
     *
     * @param code the kind of fault, such as {@code not-a-number}
     * @param expected what would have been accepted
     */
    record Bad<T>(String code, String expected) implements Parsed<T> {}
}
