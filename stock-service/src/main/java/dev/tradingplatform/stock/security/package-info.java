/** Authorization of writes, and protection against pages of other sites. */
@NullMarked
package dev.tradingplatform.stock.security;

import org.jspecify.annotations.NullMarked;
