/** Quotes that nobody ever traded at, so that there is something to see. Depends on nothing of ours. */
@NullMarked
package dev.tradingplatform.local.demo;

import org.jspecify.annotations.NullMarked;
