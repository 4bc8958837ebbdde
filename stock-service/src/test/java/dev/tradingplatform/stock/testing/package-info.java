/** Real servers and processes for tests. */
@NullMarked
package dev.tradingplatform.stock.testing;

import org.jspecify.annotations.NullMarked;
