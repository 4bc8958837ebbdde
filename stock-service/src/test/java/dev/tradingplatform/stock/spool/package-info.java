/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.spool;

import org.jspecify.annotations.NullMarked;
