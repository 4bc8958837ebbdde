/** Failures as RFC 9457 problem details. */
@NullMarked
package dev.tradingplatform.signal.problem;

import org.jspecify.annotations.NullMarked;
