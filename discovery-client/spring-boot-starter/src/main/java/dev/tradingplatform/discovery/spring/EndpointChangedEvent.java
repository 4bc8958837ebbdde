package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;

/**
 * A Spring application event: an endpoint was found or changed its state. {@code @EventListener} methods are called on
 * a thread of the client and must be fast.
 *
 * @param service absolute DNS name in lower case, without the final dot
 * @param endpoint its address and port
 * @param state its state from now on
 * @param reason why it is in this state, one phrase
 */
public record EndpointChangedEvent(String service, Endpoint endpoint, EndpointState state, String reason) {}
