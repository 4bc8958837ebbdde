-- One text for SQLite and PostgreSQL; what differs in name only are the placeholders (storage/Dialect.java).
-- Prices are integers in micros: CHECK, MIN and MAX work on them, in this database and any other.
-- A ticker's row stays when its last bar goes, so that its revision never starts again.
CREATE TABLE ticker (
    ticker     ${text}    NOT NULL,
    timeframe  ${text}    NOT NULL,
    revision   ${integer} NOT NULL,
    bars       ${integer} NOT NULL,
    first_ts   ${integer},
    last_ts    ${integer},
    updated_at ${integer} NOT NULL,
    PRIMARY KEY (ticker, timeframe)
)${keyed};

CREATE TABLE quote (
    ticker    ${text}    NOT NULL,
    timeframe ${text}    NOT NULL,
    ts        ${integer} NOT NULL,
    open_u    ${integer} NOT NULL,
    high_u    ${integer} NOT NULL,
    low_u     ${integer} NOT NULL,
    close_u   ${integer} NOT NULL,
    volume    ${real}    NOT NULL,
    version   ${integer} NOT NULL,
    PRIMARY KEY (ticker, timeframe, ts),
    CHECK (low_u > 0 AND low_u <= open_u AND low_u <= close_u AND high_u >= open_u AND high_u >= close_u AND volume >= 0)
)${keyed};
