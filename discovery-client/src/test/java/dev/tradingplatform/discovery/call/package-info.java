/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.discovery.call;

import org.jspecify.annotations.NullMarked;
