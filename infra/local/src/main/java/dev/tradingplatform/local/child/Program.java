package dev.tradingplatform.local.child;

import java.nio.file.Path;
import java.util.List;

/**
 * A Java program and how it is called. Immutable.
 *
 * @param jar an executable jar
 * @param jvmArguments what stands between {@code java} and {@code -jar}
 * @param arguments what stands behind the jar
 */
public record Program(Path jar, List<String> jvmArguments, List<String> arguments) {

    /** Copies the lists. */
    public Program {
        jvmArguments = List.copyOf(jvmArguments);
        arguments = List.copyOf(arguments);
    }
}
