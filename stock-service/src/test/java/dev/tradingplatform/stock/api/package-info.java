/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.api;

import org.jspecify.annotations.NullMarked;
