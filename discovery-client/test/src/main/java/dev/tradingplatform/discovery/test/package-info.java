/**
 * Real servers on loopback for tests of clients that find services through DNS: a DNS server with the rules of AWS
 * Cloud Map, HTTP servers with scripted faults, TLS certificates, a manual clock and a JUnit extension.
 *
 * <p>Start with {@link dev.tradingplatform.discovery.test.CloudMapExtension}. Depends on dnsjava and SLF4J only; JUnit
 * is needed for the extension alone.
 */
@NullMarked
package dev.tradingplatform.discovery.test;

import org.jspecify.annotations.NullMarked;
