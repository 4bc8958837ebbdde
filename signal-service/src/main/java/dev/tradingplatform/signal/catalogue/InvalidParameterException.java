package dev.tradingplatform.signal.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** A caller gave something that cannot be used; says what, and what would have been right, of everything at once. */
public final class InvalidParameterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    /**
     * Refuses one value.
     *
     * @param parameter its name
     * @param value what was given
     * @param expected what would have been accepted, in plain words
     */
    public InvalidParameterException(String parameter, String value, String expected) {
        this(List.of(new Violation(parameter, value, expected, "")));
    }

    /** Refuses several values, at least one. */
    public InvalidParameterException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Says which indicator the values were given for, as the caller wrote it. */
    public InvalidParameterException within(String indicator) {
        return new InvalidParameterException(violations.stream()
                .map(violation -> violation.within(indicator))
                .toList());
    }

    /** Everything that was refused, in the order it was found; at least one. */
    public List<Violation> violations() {
        return violations;
    }
}
