/** Tests. */
@NullMarked
package dev.tradingplatform.signal.screen;

import org.jspecify.annotations.NullMarked;
