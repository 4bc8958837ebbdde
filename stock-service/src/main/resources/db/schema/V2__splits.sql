-- A ticker's splits, for all its timeframes. A bar that starts before starts_at trades on the old basis:
-- numerator new shares came out of every denominator old ones.
CREATE TABLE split (
    ticker      ${text}    NOT NULL,
    starts_at   ${integer} NOT NULL,
    numerator   ${integer} NOT NULL,
    denominator ${integer} NOT NULL,
    PRIMARY KEY (ticker, starts_at),
    CHECK (numerator > 0 AND denominator > 0)
)${keyed};
