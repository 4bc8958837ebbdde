/** Tests. */
@NullMarked
package dev.tradingplatform.signal.discovery;

import org.jspecify.annotations.NullMarked;
