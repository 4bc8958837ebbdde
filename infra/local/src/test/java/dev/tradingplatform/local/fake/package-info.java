/** Programs that stand in for the services: they start in no time and fail on command. */
@NullMarked
package dev.tradingplatform.local.fake;

import org.jspecify.annotations.NullMarked;
