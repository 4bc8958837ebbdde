/**
 * Protects the service from slow clients, large bodies and too many requests at a time. Request threads are platform
 * threads and block while they read a body or write an answer; the number of such requests and the time that each may
 * take are limited here. Connections, threads and socket timeouts are Tomcat's.
 */
@NullMarked
package dev.tradingplatform.stock.limits;

import org.jspecify.annotations.NullMarked;
