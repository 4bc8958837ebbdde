/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.discovery.resolve;

import org.jspecify.annotations.NullMarked;
