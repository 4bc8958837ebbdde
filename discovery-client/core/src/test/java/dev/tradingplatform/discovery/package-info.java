/** Tests of the module as a whole. */
@NullMarked
package dev.tradingplatform.discovery;

import org.jspecify.annotations.NullMarked;
