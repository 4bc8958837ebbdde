/**
 * What it would have brought to follow a strategy: pure, deterministic, and never knowing more than one knew at the
 * time. Depends on strategy and below.
 */
@NullMarked
package dev.tradingplatform.signal.backtest;

import org.jspecify.annotations.NullMarked;
