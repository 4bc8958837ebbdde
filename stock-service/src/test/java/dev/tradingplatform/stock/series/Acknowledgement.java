package dev.tradingplatform.stock.series;

/**
 * What a writer said it had written.
 *
 * @param what kind of write
 * @param number start of the bar, or of the first of them, or what was counted
 * @param version of the bar, or revision of its series
 */
record Acknowledgement(String what, long number, long version) {

    /** Reads a whole line. */
    static Acknowledgement parse(String line) {
        String[] parts = line.split(" ", 3);
        return new Acknowledgement(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }
}
