/** Tests of tokens, hosts, origins and headers. */
@NullMarked
package dev.tradingplatform.stock.security;

import org.jspecify.annotations.NullMarked;
