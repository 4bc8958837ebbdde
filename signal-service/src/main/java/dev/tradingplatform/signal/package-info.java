/**
 * signal-service: asks stock-service for bars, through discovery-client, and says what trading rules make of them.
 *
 * <p>Packages, each using only those before it: {@code bar}, {@code catalogue}, {@code query}, {@code indicator},
 * {@code strategy}, {@code backtest}; {@code cache}; {@code market}, the one door to stock-service; {@code computed},
 * what is not computed twice; {@code answer}, what all answers share; then what is served over HTTP: {@code signal},
 * {@code screen}, {@code chart}, {@code imports}, {@code discovery}, and {@code problem} for all failures.
 */
@NullMarked
package dev.tradingplatform.signal;

import org.jspecify.annotations.NullMarked;
