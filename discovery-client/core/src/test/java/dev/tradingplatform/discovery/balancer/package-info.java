/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.discovery.balancer;

import org.jspecify.annotations.NullMarked;
