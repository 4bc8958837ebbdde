/** Tests. */
@NullMarked
package dev.tradingplatform.signal;

import org.jspecify.annotations.NullMarked;
