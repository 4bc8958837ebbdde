/** What a chart draws: tickers, bars and indicator series, over HTTP. */
@NullMarked
package dev.tradingplatform.signal.chart;

import org.jspecify.annotations.NullMarked;
