/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.discovery.endpoint;

import org.jspecify.annotations.NullMarked;
