/** Memory with a bound. Depends on nothing. */
@NullMarked
package dev.tradingplatform.signal.cache;

import org.jspecify.annotations.NullMarked;
