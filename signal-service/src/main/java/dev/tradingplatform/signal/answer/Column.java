package dev.tradingplatform.signal.answer;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/** Part of a column of numbers: in JSON an array with null for NaN and plain notation for all else. Immutable. */
@JsonSerialize(using = Column.Serializer.class)
public final class Column {

    private final double[] values;
    private final int first;
    private final int end;
    private final JsonNumbers numbers;

    /**
     * Shows part of a column.
     *
     * @param values only read
     * @param first index of the first value to show
     * @param end index behind the last value to show
     * @param numbers how they are written
     */
    public Column(double[] values, int first, int end, JsonNumbers numbers) {
        this.values = values;
        this.first = first;
        this.end = end;
        this.numbers = numbers;
    }

    /** Shows a whole column. */
    public static Column of(double[] values) {
        return new Column(values, 0, values.length, JsonNumbers.NUMBER);
    }

    /** A value in plain notation, empty for NaN; counted from the first one to show. */
    public String text(int index) {
        double value = values[first + index];
        return Double.isNaN(value) ? "" : PlainNumber.of(value);
    }

    static final class Serializer extends ValueSerializer<Column> {

        @Override
        public void serialize(Column column, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            for (int i = column.first; i < column.end; i++) {
                if (Double.isNaN(column.values[i])) {
                    json.writeNull();
                } else if (column.numbers == JsonNumbers.STRING) {
                    json.writeString(PlainNumber.of(column.values[i]));
                } else {
                    json.writeNumber(PlainNumber.of(column.values[i]));
                }
            }
            json.writeEndArray();
        }
    }
}
