/** Tests. */
@NullMarked
package dev.tradingplatform.signal.query;

import org.jspecify.annotations.NullMarked;
