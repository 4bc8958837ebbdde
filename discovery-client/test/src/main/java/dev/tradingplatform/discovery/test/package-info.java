/** Servers and clocks for testing against DNS and endpoints that fail on command. */
@NullMarked
package dev.tradingplatform.discovery.test;

import org.jspecify.annotations.NullMarked;
