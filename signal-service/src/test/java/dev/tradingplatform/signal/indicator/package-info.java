/** Tests. */
@NullMarked
package dev.tradingplatform.signal.indicator;

import org.jspecify.annotations.NullMarked;
