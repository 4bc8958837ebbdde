package dev.tradingplatform.discovery.test;

import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Parses DNS names of tests. */
final class Names {

    private Names() {}

    /** Parses an absolute name, with or without its final dot. */
    static Name absolute(String text) {
        return within(text, Name.root);
    }

    /** Parses a name below a parent; a name that ends with a dot is absolute. */
    static Name within(String text, Name parent) {
        try {
            return Name.fromString(text, parent);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(
                    "name: \"%s\" (expected: a DNS name with labels of 1 to 63 characters)".formatted(text), e);
        }
    }
}
