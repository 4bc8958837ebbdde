/**
 * What indicators and strategies say of themselves: names, parameters, ranges; and the checking of what callers give.
 * Depends on nothing.
 */
@NullMarked
package dev.tradingplatform.signal.catalogue;

import org.jspecify.annotations.NullMarked;
