/** Tests. */
@NullMarked
package dev.tradingplatform.signal.cache;

import org.jspecify.annotations.NullMarked;
