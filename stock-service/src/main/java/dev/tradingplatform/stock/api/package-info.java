/**
 * REST over HTTP: paths, parameters, conditional requests, JSON and CSV answers, problem documents (RFC 9457). Nothing
 * depends on it.
 */
@NullMarked
package dev.tradingplatform.stock.api;

import org.jspecify.annotations.NullMarked;
