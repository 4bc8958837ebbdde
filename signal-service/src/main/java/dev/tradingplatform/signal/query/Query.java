package dev.tradingplatform.signal.query;

import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.catalogue.Violations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The parameters of one request, taken one after the other. What cannot be used is found out in the end, all of it at
 * once, and so is what nobody asked for: a misspelt name must not be answered as if it were not there. One thread at a
 * time.
 */
public final class Query {

    private final Map<String, String> left;
    private final TreeSet<String> taken = new TreeSet<>();
    private final Violations violations = new Violations();

    /** Copies the parameters. */
    public Query(Map<String, String> parameters) {
        left = new LinkedHashMap<>(parameters);
    }

    /** Whether a parameter is there and not yet taken. */
    public boolean names(String name) {
        return left.containsKey(name);
    }

    /** Takes a parameter; empty when it is not there. */
    public Optional<String> take(String name) {
        taken.add(name);
        return Optional.ofNullable(left.remove(name));
    }

    /**
     * Takes a parameter and reads it; the preset when it is not there, or cannot be read.
     *
     * @param reading may throw {@link InvalidParameterException}, which {@link #finish} throws again
     */
    public <T> T take(String name, T preset, Function<String, T> reading) {
        return take(name)
                .flatMap(text -> violations.read(() -> reading.apply(text)))
                .orElse(preset);
    }

    /**
     * Reads what is named elsewhere, such as in the path; empty when it cannot be read, which {@link #finish} throws.
     */
    public <T> Optional<T> read(Supplier<T> reading) {
        return violations.read(reading);
    }

    /** Reads what has several parameters; the preset when it cannot be read, which {@link #finish} throws. */
    public <T> T read(Supplier<T> reading, T preset) {
        return violations.read(reading).orElse(preset);
    }

    /** Takes a parameter that is one of a few words, in lower case with hyphens. */
    public <E extends Enum<E>> E take(String name, E preset) {
        return take(name, preset, text -> word(name, text, preset.getDeclaringClass()));
    }

    /**
     * Reads one of a few words.
     *
     * @throws InvalidParameterException if it is another word
     */
    public static <E extends Enum<E>> E word(String name, String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> written(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException(
                        name,
                        text,
                        Arrays.stream(type.getEnumConstants())
                                .map(Query::written)
                                .collect(Collectors.joining(" or "))));
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Takes everything that is left. */
    public Map<String, String> rest() {
        Map<String, String> rest = new LinkedHashMap<>(left);
        left.clear();
        return rest;
    }

    /**
     * Reads the last of what is wanted and makes sure that nothing is left.
     *
     * @throws InvalidParameterException if anything was refused, or is left
     */
    public <T> T finish(Supplier<T> reading) {
        Optional<T> last = violations.read(reading);
        finish();
        return last.orElseThrow();
    }

    /**
     * Makes sure that nothing is left.
     *
     * @throws InvalidParameterException if anything was refused, or is left
     */
    public void finish() {
        String expected = taken.isEmpty() ? "no parameters" : "only these parameters: " + String.join(", ", taken);
        left.forEach((name, value) -> violations.refuse(name, value, expected));
        violations.check();
    }
}
