/**
 * Room on disk for what one request moves and memory should not hold. Knows nothing of bars; nothing here outlives its
 * request.
 */
@NullMarked
package dev.tradingplatform.stock.spool;

import org.jspecify.annotations.NullMarked;
