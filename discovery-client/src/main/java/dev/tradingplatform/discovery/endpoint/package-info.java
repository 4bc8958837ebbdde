/** The values everything else is about: service names, endpoints, and what is known of them. Depends on nothing. */
@NullMarked
package dev.tradingplatform.discovery.endpoint;

import org.jspecify.annotations.NullMarked;
