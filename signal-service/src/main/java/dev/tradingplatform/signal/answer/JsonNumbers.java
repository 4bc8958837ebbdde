package dev.tradingplatform.signal.answer;

/** How prices and indicators are written in JSON. */
public enum JsonNumbers {
    /** As numbers. */
    NUMBER,
    /** As strings, for readers that would round a number with many digits. */
    STRING
}
