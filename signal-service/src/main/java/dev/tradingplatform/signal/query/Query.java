package dev.tradingplatform.signal.query;

import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The parameters of one request, taken one after the other, so that what nobody asked for is found in the end: a
 * misspelt name must not be answered as if it were not there. One thread at a time.
 */
public final class Query {

    private final Map<String, String> left;
    private final TreeSet<String> taken = new TreeSet<>();

    /** Copies the parameters. */
    public Query(Map<String, String> parameters) {
        left = new LinkedHashMap<>(parameters);
    }

    /** Takes a parameter; empty when it is not there. */
    public Optional<String> take(String name) {
        taken.add(name);
        return Optional.ofNullable(left.remove(name));
    }

    /**
     * Takes a parameter that is one of a few words, in lower case.
     *
     * @throws InvalidParameterException if it is another word
     */
    public <E extends Enum<E>> E take(String name, E preset) {
        Class<E> type = preset.getDeclaringClass();
        return take(name)
                .map(word -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> lower(constant).equals(word))
                        .findFirst()
                        .orElseThrow(() -> new InvalidParameterException(
                                name,
                                word,
                                Arrays.stream(type.getEnumConstants())
                                        .map(Query::lower)
                                        .collect(Collectors.joining(" or ")))))
                .orElse(preset);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Takes everything that is left. */
    public Map<String, String> rest() {
        Map<String, String> rest = new LinkedHashMap<>(left);
        left.clear();
        return rest;
    }

    /**
     * Makes sure that nothing is left.
     *
     * @throws InvalidParameterException if anything is
     */
    public void refuseRest() {
        left.forEach((name, value) -> {
            throw new InvalidParameterException(name, value, "only these parameters: " + String.join(", ", taken));
        });
    }
}
