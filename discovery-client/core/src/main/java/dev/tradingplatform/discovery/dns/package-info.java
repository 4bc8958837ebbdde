/**
 * From a service name to its targets: one lookup over all nameservers, and the cache that keeps its outcome. dnsjava
 * serves as the record and wire layer; transport, nameserver choice and caching are here, because its own answer for
 * each has faults a caller would feel (a SERVFAIL counts as success, a stray datagram ends a query, a cached record
 * keeps its first ttl). Depends on {@code endpoint} alone. Not API.
 */
@NullMarked
package dev.tradingplatform.discovery.dns;

import org.jspecify.annotations.NullMarked;
