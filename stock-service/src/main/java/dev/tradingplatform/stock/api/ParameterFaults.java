package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the faults of the parameters of one request, to report all of them at once. For one thread. */
final class ParameterFaults {

    private final List<Violation> violations = new ArrayList<>();

    void refuse(String name, String code, String value, String expected) {
        violations.add(Violation.parameter(name, code, value, expected));
    }

    /** Returns a value, or reports that its text was refused. */
    <T> Optional<T> parsed(String name, String text, Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T>(T value, boolean _) -> Optional.of(value);
            case Parsed.Bad<T>(String code, String expected) -> {
                refuse(name, code, text, expected);
                yield Optional.empty();
            }
        };
    }

    /** Throws the problem {@code invalid-parameter} if there are faults. */
    void check() {
        if (!violations.isEmpty()) {
            throw Problems.invalidParameters(violations);
        }
    }
}
