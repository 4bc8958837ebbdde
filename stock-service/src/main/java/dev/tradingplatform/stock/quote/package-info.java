/** What is kept: bars and the tickers they belong to, as SQL. Depends on {@code bar} and {@code storage}. */
@NullMarked
package dev.tradingplatform.stock.quote;

import org.jspecify.annotations.NullMarked;
