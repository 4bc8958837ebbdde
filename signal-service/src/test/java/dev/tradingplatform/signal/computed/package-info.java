/** Tests. */
@NullMarked
package dev.tradingplatform.signal.computed;

import org.jspecify.annotations.NullMarked;
