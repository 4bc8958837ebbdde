/** Who may call the service, and what a browser may do with its answers. */
@NullMarked
package dev.tradingplatform.stock.security;

import org.jspecify.annotations.NullMarked;
