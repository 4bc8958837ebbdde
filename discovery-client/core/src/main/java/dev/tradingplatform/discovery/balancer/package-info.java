/**
 * The endpoints of one service: who they are by DNS's word and by their own deeds, which of them takes the next call,
 * and which are out. Depends on {@code resolve} and {@code endpoint}. Not API.
 */
@NullMarked
package dev.tradingplatform.discovery.balancer;

import org.jspecify.annotations.NullMarked;
