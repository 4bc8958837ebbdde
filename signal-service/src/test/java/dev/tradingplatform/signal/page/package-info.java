/** The page at / in a real browser, over real replicas. */
@NullMarked
package dev.tradingplatform.signal.page;

import org.jspecify.annotations.NullMarked;
