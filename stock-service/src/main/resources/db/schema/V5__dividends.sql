-- Cash dividends of a ticker, for all its timeframes. Bars that start before ex_ts were traded with the dividend.
CREATE TABLE dividend (
    ticker       ${text}    NOT NULL,
    ex_ts        ${integer} NOT NULL,
    amount       ${integer} NOT NULL,
    amount_scale ${small}   NOT NULL,
    PRIMARY KEY (ticker, ex_ts),
    CHECK (amount > 0 AND amount_scale BETWEEN 0 AND 9)
)${keyed};
