/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.quote;

import org.jspecify.annotations.NullMarked;
