/**
 * The endpoints of one service: which exist according to DNS, which accept calls according to their attempts and
 * probes, and which one takes the next attempt. Depends on {@code discovery} and {@code discovery.dns}. Not exported.
 */
@NullMarked
package dev.tradingplatform.discovery.balancer;

import org.jspecify.annotations.NullMarked;
