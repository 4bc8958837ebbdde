/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.bar;

import org.jspecify.annotations.NullMarked;
