/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.series;

import org.jspecify.annotations.NullMarked;
