/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.discovery.dns;

import org.jspecify.annotations.NullMarked;
