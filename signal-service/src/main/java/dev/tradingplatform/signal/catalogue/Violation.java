package dev.tradingplatform.signal.catalogue;

/**
 * One thing that a caller gave and that cannot be used. Immutable.
 *
 * @param parameter its name
 * @param value what was given
 * @param expected what would have been accepted, in plain words
 * @param indicator the indicator it was given for, as the caller wrote it; empty where there is none
 */
public record Violation(String parameter, String value, String expected, String indicator) {

    Violation within(String other) {
        return new Violation(parameter, value, expected, other);
    }

    @Override
    public String toString() {
        return "%s: \"%s\" (expected: %s)".formatted(parameter, value, expected);
    }
}
