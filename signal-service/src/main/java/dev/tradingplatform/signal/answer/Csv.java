package dev.tradingplatform.signal.answer;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table to be written line by line. To be written once.
 *
 * @param name of the file it is saved as, without {@code .csv}
 * @param header names of the columns
 * @param rows as many fields each as the header has; made while they are written
 */
public record Csv(String name, List<String> header, Stream<List<String>> rows) {

    /** Copies the header. */
    public Csv {
        header = List.copyOf(header);
    }
}
