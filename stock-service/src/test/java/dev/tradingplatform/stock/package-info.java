/** Tests of the service as a whole. */
@NullMarked
package dev.tradingplatform.stock;

import org.jspecify.annotations.NullMarked;
