/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.importing;

import org.jspecify.annotations.NullMarked;
