/** Tests. */
@NullMarked
package dev.tradingplatform.signal.catalogue;

import org.jspecify.annotations.NullMarked;
