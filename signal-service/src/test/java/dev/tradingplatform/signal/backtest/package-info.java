/** Tests. */
@NullMarked
package dev.tradingplatform.signal.backtest;

import org.jspecify.annotations.NullMarked;
