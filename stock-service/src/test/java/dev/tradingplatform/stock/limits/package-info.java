@NullMarked
package dev.tradingplatform.stock.limits;

import org.jspecify.annotations.NullMarked;
