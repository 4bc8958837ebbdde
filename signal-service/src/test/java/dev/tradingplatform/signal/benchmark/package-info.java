/** What computing costs, beside what it costs others. */
@NullMarked
package dev.tradingplatform.signal.benchmark;

import org.jspecify.annotations.NullMarked;
