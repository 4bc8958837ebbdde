/** Tests. */
@NullMarked
package dev.tradingplatform.signal.market;

import org.jspecify.annotations.NullMarked;
