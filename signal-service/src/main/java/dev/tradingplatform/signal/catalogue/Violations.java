package dev.tradingplatform.signal.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is refused, so that a caller is told everything at once. One thread at a time. */
public final class Violations {

    private final List<Violation> found = new ArrayList<>();

    /** Reads something, or keeps why it cannot be read; then {@link #check} will throw. */
    public <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InvalidParameterException e) {
            found.addAll(e.violations());
            return Optional.empty();
        }
    }

    /** Refuses one value. */
    public void refuse(String parameter, String value, String expected) {
        found.add(new Violation(parameter, value, expected, ""));
    }

    /**
     * Makes sure that nothing was refused.
     *
     * @throws InvalidParameterException with everything that was
     */
    public void check() {
        if (!found.isEmpty()) {
            throw new InvalidParameterException(found);
        }
    }
}
