/**
 * Values and rules of market data: tickers, timeframes, bars, and what is wrong with one. Depends on no other package.
 */
@NullMarked
package dev.tradingplatform.stock.bar;

import org.jspecify.annotations.NullMarked;
