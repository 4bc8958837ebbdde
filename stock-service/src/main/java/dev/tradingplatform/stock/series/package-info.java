/** Queries and changes of series in SQL: bars, tickers and splits. Depends on {@code bar} and {@code storage}. */
@NullMarked
package dev.tradingplatform.stock.series;

import org.jspecify.annotations.NullMarked;
