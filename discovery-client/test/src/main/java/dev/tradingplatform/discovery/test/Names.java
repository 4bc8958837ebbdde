package dev.tradingplatform.discovery.test;

import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Reads DNS names that people wrote. */
final class Names {

    private Names() {}

    /** An absolute name, whether or not its final dot was written. */
    static Name absolute(String text) {
        return within(text, Name.root);
    }

    /** A name below a parent; one that ends with a dot is taken as absolute. */
    static Name within(String text, Name parent) {
        try {
            return Name.fromString(text, parent);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(
                    "name: \"%s\" (expected: a DNS name with labels of 1 to 63 characters)".formatted(text), e);
        }
    }
}
