/** Series and evaluations, computed once for the same bars. Depends on market, strategy and below; knows no HTTP. */
@NullMarked
package dev.tradingplatform.signal.computed;

import org.jspecify.annotations.NullMarked;
