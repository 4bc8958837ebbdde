/** Tests. */
@NullMarked
package dev.tradingplatform.signal.chart;

import org.jspecify.annotations.NullMarked;
