/** Tests. */
@NullMarked
package dev.tradingplatform.signal.strategy;

import org.jspecify.annotations.NullMarked;
