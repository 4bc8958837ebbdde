/**
 * Connects Spring Boot with discovery-client: request factories that know service names, properties, metrics, the
 * actuator endpoint, and the server's side. The only package of the library that depends on Spring.
 */
@NullMarked
package dev.tradingplatform.discovery.spring;

import org.jspecify.annotations.NullMarked;
