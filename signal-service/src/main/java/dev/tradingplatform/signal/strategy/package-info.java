/** Strategies: pure rules that turn bars into events and never take one back. Depends on indicator and below. */
@NullMarked
package dev.tradingplatform.signal.strategy;

import org.jspecify.annotations.NullMarked;
