package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.dns.ServiceName;

/**
 * A Spring application event: an endpoint was found or changed its state. For {@code @EventListener} methods, which are
 * called on the client's own thread and must be quick.
 *
 * @param service whose endpoint it is
 * @param endpoint its address and port
 * @param state its state from now on
 * @param reason why, in plain words
 */
public record EndpointChanged(ServiceName service, Endpoint endpoint, EndpointState state, String reason) {}
