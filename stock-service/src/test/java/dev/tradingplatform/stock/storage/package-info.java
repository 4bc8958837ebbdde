/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.storage;

import org.jspecify.annotations.NullMarked;
