package dev.tradingplatform.stock.importing;

import java.util.Optional;

/** The character between the integer part and the decimals of the numbers of a body. */
public enum DecimalSign {
    /** {@code 1,234.50}. */
    POINT('.', ','),
    /** {@code 1.234,50}. */
    COMMA(',', '.');

    private static final int GROUP = 3;

    private final char sign;
    private final char grouping;

    DecimalSign(char sign, char grouping) {
        this.sign = sign;
        this.grouping = grouping;
    }

    /** Returns the character itself. */
    public char character() {
        return sign;
    }

    /** Returns the sign that a number can only have been written with; nothing if both are possible. */
    static Optional<DecimalSign> of(String text) {
        int point = text.lastIndexOf('.');
        int comma = text.lastIndexOf(',');
        if ((point < 0 && comma < 0) || Character.isLetter(text.charAt(0))) {
            return Optional.empty();
        }
        if (point >= 0 && comma >= 0) {
            return Optional.of(point > comma ? POINT : COMMA);
        }
        DecimalSign used = point >= 0 ? POINT : COMMA;
        int last = Math.max(point, comma);
        if (text.indexOf(used.sign) != last) {
            return Optional.of(used == POINT ? COMMA : POINT);
        }
        return isGroup(text, last) && last > 0 && last <= GROUP && text.charAt(0) != '0'
                ? Optional.empty()
                : Optional.of(used);
    }

    /**
     * Returns a number in plain notation: without thousands separators, currency signs and spaces, with a decimal
     * point, and with an exponent for K, M, B or T.
     *
     * @return the text itself if it is no such number
     */
    String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length() + 2);
        boolean decimals = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == sign && !decimals) {
                decimals = true;
                plain.append('.');
            } else if (isGrouping(character)) {
                if (decimals || !isGroup(text, i)) {
                    return text;
                }
            } else if (character == '\u2212') {
                plain.append('-');
            } else if (!isDecoration(character)) {
                plain.append(character);
            }
        }
        return withExponent(plain);
    }

    private static String withExponent(StringBuilder number) {
        int last = number.length() - 1;
        if (last < 1 || !Character.isDigit(number.charAt(last - 1)) || Character.isDigit(number.charAt(last))) {
            return number.toString();
        }
        String exponent = switch (number.charAt(last)) {
            case 'K', 'k' -> "E3";
            case 'M', 'm' -> "E6";
            case 'B', 'b' -> "E9";
            case 'T', 't' -> "E12";
            default -> number.substring(last);
        };
        return number.substring(0, last) + exponent;
    }

    private boolean isGrouping(char character) {
        return character == grouping || character == '\'' || character == '\u2019';
    }

    private static boolean isDecoration(char character) {
        return Character.getType(character) == Character.CURRENCY_SYMBOL || Character.isSpaceChar(character);
    }

    /** Tells whether a separator has a digit before it and three after it; two, if another separator follows. */
    private static boolean isGroup(String text, int separator) {
        int end = separator + 1;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        int digits = end - separator - 1;
        boolean before = separator > 0 && Character.isDigit(text.charAt(separator - 1));
        boolean again = end < text.length() && text.charAt(end) == text.charAt(separator);
        return before && (digits == GROUP || (digits == GROUP - 1 && again));
    }
}
