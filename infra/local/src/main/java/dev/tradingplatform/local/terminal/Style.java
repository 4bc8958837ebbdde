package dev.tradingplatform.local.terminal;

/** How words stand out on a terminal that knows colours. */
public enum Style {
    /** What one looks for: names, addresses. */
    STRONG("1"),
    /** What one need not read. */
    FAINT("2"),
    /** Good news. */
    GOOD("32"),
    /** Bad news. */
    BAD("31");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String wrapped(String text) {
        return "\033[" + code + "m" + text + "\033[0m";
    }
}
