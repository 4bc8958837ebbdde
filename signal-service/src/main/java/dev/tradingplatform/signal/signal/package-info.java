/** The current signal of a ticker and the events that led to it, over HTTP. */
@NullMarked
package dev.tradingplatform.signal.signal;

import org.jspecify.annotations.NullMarked;
