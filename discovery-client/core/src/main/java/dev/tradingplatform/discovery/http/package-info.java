/**
 * A call through Apache HttpClient's execution chain: {@code FailoverInterceptor} finds the service, {@code Call} runs
 * the attempts in order, {@code EndpointConnections} holds the connections of each endpoint. Depends on {@code dns},
 * {@code balancer} and the values of the API. Not exported.
 */
@NullMarked
package dev.tradingplatform.discovery.http;

import org.jspecify.annotations.NullMarked;
