package dev.tradingplatform.stock.storage;

/**
 * A copy that was made.
 *
 * @param file absolute path
 * @param bytes its size
 * @param millis how long it took
 */
record Backup(String file, long bytes, long millis) {}
