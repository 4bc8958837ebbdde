/** Tests. */
@NullMarked
package dev.tradingplatform.signal.bar;

import org.jspecify.annotations.NullMarked;
