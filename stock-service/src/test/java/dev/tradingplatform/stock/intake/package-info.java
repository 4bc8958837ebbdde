/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.intake;

import org.jspecify.annotations.NullMarked;
