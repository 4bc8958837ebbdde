/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.stock.web;

import org.jspecify.annotations.NullMarked;
