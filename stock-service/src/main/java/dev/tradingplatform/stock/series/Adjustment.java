package dev.tradingplatform.stock.series;

/** The basis of prices and volumes. */
public enum Adjustment {
    /** As they were traded. */
    RAW,
    /** As if every split that has taken effect had always been in effect. */
    SPLIT,
    /** As {@link #SPLIT}, with the prices before each ex-date reduced by the dividend. */
    ALL
}
