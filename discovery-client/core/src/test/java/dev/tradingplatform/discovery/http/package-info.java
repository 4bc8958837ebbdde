/** Tests of calls, with real HTTP and DNS servers on loopback addresses. */
@NullMarked
package dev.tradingplatform.discovery.http;

import org.jspecify.annotations.NullMarked;
