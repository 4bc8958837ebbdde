package dev.tradingplatform.signal.catalogue;

/** A caller gave something that cannot be used; says what, and what would have been right. */
public final class InvalidParameterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String parameter;
    private final String value;
    private final String expected;

    /**
     * Refuses one value.
     *
     * @param parameter its name
     * @param value what was given
     * @param expected what would have been accepted, in plain words
     */
    public InvalidParameterException(String parameter, String value, String expected) {
        super("%s: \"%s\" (expected: %s)".formatted(parameter, value, expected));
        this.parameter = parameter;
        this.value = value;
        this.expected = expected;
    }

    /** Name of the parameter. */
    public String parameter() {
        return parameter;
    }

    /** What was given. */
    public String value() {
        return value;
    }

    /** What would have been accepted, in plain words. */
    public String expected() {
        return expected;
    }
}
