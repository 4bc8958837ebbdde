-- Every committed change of a series has a number. Numbers grow in the order of the commits of all replicas: a
-- transaction takes its numbers from the only row of feed as its last step before the commit.
CREATE TABLE feed (
    id          ${integer} NOT NULL PRIMARY KEY CHECK (id = 1),
    last_number ${integer} NOT NULL,
    -- The rows of change up to this number were removed.
    removed_to  ${integer} NOT NULL,
    -- Set in a backup (epoch milliseconds): the first start on a restored copy has to skip numbers and revisions.
    copied_at   ${integer}
)${keyed};

CREATE TABLE change (
    number    ${integer} NOT NULL PRIMARY KEY,
    ticker    ${text}    NOT NULL,
    timeframe ${text}    NOT NULL,
    -- Start of the first bar that changed.
    first_ts  ${integer} NOT NULL
)${keyed};

CREATE INDEX change_series ON change (ticker, timeframe, number);

-- The number of the last change; 0 for a series that never had bars.
ALTER TABLE ticker ADD COLUMN change_number ${integer} NOT NULL DEFAULT 0;

UPDATE ticker SET change_number = numbered.number
FROM (SELECT ticker AS t, timeframe AS f, row_number() OVER (ORDER BY ticker, timeframe) AS number FROM ticker) AS numbered
WHERE ticker.ticker = numbered.t AND ticker.timeframe = numbered.f;

CREATE INDEX ticker_change ON ticker (change_number);

INSERT INTO feed (id, last_number, removed_to) SELECT 1, count(*), count(*) FROM ticker;
