package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Violation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the numbers of a CSV file tell of its decimal sign. For one body and one thread. */
final class DecimalEvidence {

    private static final List<Column> NUMBERS =
            List.of(Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE, Column.VOLUME);

    private static final int GROUPED_DIGITS = 4;

    private @Nullable DecimalSign sign;
    private @Nullable Violation point;
    private @Nullable Violation comma;
    private boolean ungrouped;

    void look(Row row) {
        for (Column column : NUMBERS) {
            String text = row.text(column);
            if (sign == null && !text.isEmpty() && !Character.isLetter(text.charAt(0))) {
                sign = DecimalSign.of(text).orElse(null);
                if (sign == null) {
                    lookAtAmbiguous(row, column, text);
                }
            }
        }
    }

    boolean isCertain() {
        return sign != null;
    }

    /**
     * Returns the sign; nothing if all numbers can be read in two ways. Beside commas as separators of columns a comma
     * within a number separates thousands; beside semicolons it is the decimal sign.
     */
    Optional<DecimalSign> decide(char separator) {
        if (sign != null) {
            return Optional.of(sign);
        }
        if (separator == ',' || (point == null && comma == null)) {
            return Optional.of(DecimalSign.POINT);
        }
        if (point == null && (ungrouped || separator == ';')) {
            return Optional.of(DecimalSign.COMMA);
        }
        return comma == null && ungrouped ? Optional.of(DecimalSign.POINT) : Optional.empty();
    }

    /** Returns the first number with two readings. */
    Optional<Violation> ambiguous() {
        return Optional.ofNullable(point == null ? comma : point);
    }

    private void lookAtAmbiguous(Row row, Column column, String text) {
        if (text.indexOf('.') >= 0) {
            point = point == null ? ambiguous(row, column, text) : point;
        } else if (text.indexOf(',') >= 0) {
            comma = comma == null ? ambiguous(row, column, text) : comma;
        } else {
            // Where a thousand is written without separator, no separator is one of thousands.
            ungrouped |= text.length() >= GROUPED_DIGITS && text.chars().allMatch(Character::isDigit);
        }
    }

    private static Violation ambiguous(Row row, Column column, String text) {
        String expected = "the parameter decimal, as decimal=point for %s or decimal=comma for %s"
                .formatted(DecimalSign.POINT.plain(text), DecimalSign.COMMA.plain(text));
        return Violation.at(row.location(), column.label(), "ambiguous-number", text, expected);
    }
}
