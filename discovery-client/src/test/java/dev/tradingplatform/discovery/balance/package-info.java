/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.discovery.balance;

import org.jspecify.annotations.NullMarked;
