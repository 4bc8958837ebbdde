/** Indicators as pure functions on {@code double[]}, NaN before warm-up. Depends on bar and catalogue only. */
@NullMarked
package dev.tradingplatform.signal.indicator;

import org.jspecify.annotations.NullMarked;
