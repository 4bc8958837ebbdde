package dev.tradingplatform.signal.catalogue;

import java.util.List;

/**
 * What an indicator or a strategy says of itself. Immutable.
 *
 * @param name as it is written in a URL
 * @param definition how it is computed, exactly enough to do it again
 * @param parameters what callers may choose, in the order of {@code name:first:second}
 */
public record Description(String name, String definition, List<Parameter> parameters) {

    /** Copies the list. */
    public Description {
        parameters = List.copyOf(parameters);
    }

    /** Takes the parameters one by one. */
    public static Description of(String name, String definition, Parameter... parameters) {
        return new Description(name, definition, List.of(parameters));
    }
}
