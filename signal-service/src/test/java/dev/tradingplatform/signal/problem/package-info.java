/** Tests. */
@NullMarked
package dev.tradingplatform.signal.problem;

import org.jspecify.annotations.NullMarked;
