package dev.tradingplatform.stock.series;

/** On which basis prices and volumes are shown. */
public enum Adjustment {
    /** As they were traded. */
    RAW,
    /** As if every split that has taken effect had always been in effect. */
    SPLIT
}
