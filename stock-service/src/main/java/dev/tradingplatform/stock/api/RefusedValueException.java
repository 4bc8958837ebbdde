package dev.tradingplatform.stock.api;

/** The text of a parameter that a converter refuses. */
final class RefusedValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;
    private final String expected;

    RefusedValueException(String code, String text, String expected) {
        super(text + " (expected: " + expected + ")");
        this.code = code;
        this.text = text;
        this.expected = expected;
    }

    /** Returns the kind of fault, such as {@code unknown-value}. */
    String code() {
        return code;
    }

    String text() {
        return text;
    }

    /** Returns what is accepted. */
    String expected() {
        return expected;
    }
}
