package dev.tradingplatform.signal.chart;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/** Part of a column of numbers: in JSON an array with null for NaN and plain notation for all else. Immutable. */
@JsonSerialize(using = Column.Serializer.class)
final class Column {

    private static final double LARGEST_EXACT_INTEGER = 0x1p53;

    private final double[] values;
    private final int first;
    private final int end;

    /**
     * @param values only read
     * @param first index of the first value to show
     * @param end index behind the last value to show
     */
    Column(double[] values, int first, int end) {
        this.values = values;
        this.first = first;
        this.end = end;
    }

    static final class Serializer extends ValueSerializer<Column> {

        @Override
        public void serialize(Column column, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            for (int i = column.first; i < column.end; i++) {
                write(column.values[i], json);
            }
            json.writeEndArray();
        }

        private static void write(double value, JsonGenerator json) {
            if (Double.isNaN(value)) {
                json.writeNull();
            } else if (value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT_INTEGER) {
                // 82488700 rather than 8.24887E7
                json.writeNumber((long) value);
            } else {
                json.writeNumber(new BigDecimal(Double.toString(value)).toPlainString());
            }
        }
    }
}
