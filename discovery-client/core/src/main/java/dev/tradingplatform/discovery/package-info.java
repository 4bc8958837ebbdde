/**
 * Calls services by DNS name. {@link dev.tradingplatform.discovery.DiscoveryClient} is the place to start. This is the
 * only package that the module exports.
 */
@NullMarked
package dev.tradingplatform.discovery;

import org.jspecify.annotations.NullMarked;
