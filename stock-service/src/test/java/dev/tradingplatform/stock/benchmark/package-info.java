/** Measures what the service costs beside the bare database, in the same run. Not run by the build. */
@NullMarked
package dev.tradingplatform.stock.benchmark;

import org.jspecify.annotations.NullMarked;
