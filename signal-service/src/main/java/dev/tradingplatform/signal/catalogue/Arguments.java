package dev.tradingplatform.signal.catalogue;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A value for every parameter of an indicator or strategy, each within its range. Immutable. */
public final class Arguments {

    private final Map<String, BigDecimal> values;

    private Arguments(Map<String, BigDecimal> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Takes given values by name and presets for the rest.
     *
     * @throws InvalidParameterException on names that are not among the parameters, and values a parameter refuses
     */
    public static Arguments named(List<Parameter> parameters, Map<String, String> given) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        Violations violations = new Violations();
        for (Parameter parameter : parameters) {
            String text = given.get(parameter.name());
            values.put(
                    parameter.name(),
                    text == null
                            ? parameter.preset()
                            : violations.read(() -> parameter.read(text)).orElse(parameter.preset()));
        }
        given.forEach((name, text) -> {
            if (!values.containsKey(name)) {
                violations.refuse(name, text, "no such parameter; there are: " + names(parameters));
            }
        });
        violations.check();
        return new Arguments(values);
    }

    /**
     * Takes given values in the order of the parameters and presets for those left out at the end.
     *
     * @throws InvalidParameterException on more values than parameters, or a value a parameter refuses
     */
    public static Arguments inOrder(List<Parameter> parameters, List<String> given) {
        if (given.size() > parameters.size()) {
            String extra = given.get(parameters.size());
            throw new InvalidParameterException(
                    "i", extra, "at most %d numbers: %s".formatted(parameters.size(), names(parameters)));
        }
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < given.size(); i++) {
            byName.put(parameters.get(i).name(), given.get(i));
        }
        return named(parameters, byName);
    }

    private static String names(List<Parameter> parameters) {
        return parameters.isEmpty()
                ? "none"
                : parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    }

    /** The value of a whole-number parameter. */
    public int integer(String name) {
        return of(name).intValueExact();
    }

    /** The value of any parameter. */
    public double number(String name) {
        return of(name).doubleValue();
    }

    /** The value of any parameter as it is shown: {@code 20}, {@code 2.5}. */
    public String text(String name) {
        return of(name).toPlainString();
    }

    private BigDecimal of(String name) {
        BigDecimal value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("parameter: " + name + " (expected: one of " + values.keySet() + ")");
        }
        return value;
    }

    /** Values by name, in the order of the parameters. */
    public Map<String, BigDecimal> values() {
        return values;
    }
}
