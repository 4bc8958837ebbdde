/**
 * The one door to stock-service: its bars, where they came from, and what to say when they cannot be had. Knows HTTP,
 * but neither indicators nor strategies.
 */
@NullMarked
package dev.tradingplatform.signal.market;

import org.jspecify.annotations.NullMarked;
