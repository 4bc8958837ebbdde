/**
 * Resolves a service name to its targets: one lookup over all nameservers, and the cache of its outcome. dnsjava reads
 * and writes messages and records. Transport, failover between nameservers and caching are implemented here because
 * dnsjava's own have faults that callers would notice: SERVFAIL counts as success, one foreign datagram ends a query, a
 * cached record keeps its first TTL. Depends on {@code dev.tradingplatform.discovery} alone. Not exported.
 */
@NullMarked
package dev.tradingplatform.discovery.dns;

import org.jspecify.annotations.NullMarked;
