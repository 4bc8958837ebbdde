-- Prices are integers in micros: CHECK, MIN and MAX work on them, in this database and any other.
-- A ticker's row stays when its last bar goes, so that its revision never starts again.
CREATE TABLE ticker (
    ticker     TEXT    NOT NULL,
    timeframe  TEXT    NOT NULL,
    revision   INTEGER NOT NULL,
    bars       INTEGER NOT NULL,
    first_ts   INTEGER,
    last_ts    INTEGER,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (ticker, timeframe)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
    ticker    TEXT    NOT NULL,
    timeframe TEXT    NOT NULL,
    ts        INTEGER NOT NULL,
    open_u    INTEGER NOT NULL,
    high_u    INTEGER NOT NULL,
    low_u     INTEGER NOT NULL,
    close_u   INTEGER NOT NULL,
    volume    REAL    NOT NULL,
    version   INTEGER NOT NULL,
    PRIMARY KEY (ticker, timeframe, ts),
    CHECK (low_u > 0 AND low_u <= open_u AND low_u <= close_u AND high_u >= open_u AND high_u >= close_u AND volume >= 0)
) STRICT, WITHOUT ROWID;
