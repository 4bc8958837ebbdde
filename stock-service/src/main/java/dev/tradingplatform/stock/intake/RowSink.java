package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Violation;

/** Takes what a reader finds, in the order of the body. */
interface RowSink {

    /** Takes a row that could be told apart, whatever its fields say. */
    void row(Row row);

    /** Takes what is wrong with a row that cannot be told apart into fields. */
    void spoiltRow(Violation violation);

    /** Takes what is wrong with a field that is not a bar's, of the row that comes next. */
    void spoiltField(Violation violation);

    /** Takes a fault after which nothing of the body can be trusted; no call follows. */
    void broken(Violation violation);

    /** Takes the name of a column that was not looked at. */
    void ignored(String column);
}
