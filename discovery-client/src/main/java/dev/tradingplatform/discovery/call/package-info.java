/**
 * The door of the library: {@link dev.tradingplatform.discovery.call.ServiceClient} takes a request for a service name
 * and brings it to an endpoint. Depends on {@code balance}, {@code resolve} and {@code endpoint}.
 */
@NullMarked
package dev.tradingplatform.discovery.call;

import org.jspecify.annotations.NullMarked;
