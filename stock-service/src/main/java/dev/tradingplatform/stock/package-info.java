/** stock-service. */
@NullMarked
package dev.tradingplatform.stock;

import org.jspecify.annotations.NullMarked;
