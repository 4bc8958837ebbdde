/** Tests. */
@NullMarked
package dev.tradingplatform.signal.signal;

import org.jspecify.annotations.NullMarked;
