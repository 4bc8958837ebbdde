/** The signals of many tickers at once, over HTTP. */
@NullMarked
package dev.tradingplatform.signal.screen;

import org.jspecify.annotations.NullMarked;
