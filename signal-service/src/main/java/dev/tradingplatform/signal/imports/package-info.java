/** Brings quotes to stock-service, over HTTP: the page may talk to no other host. */
@NullMarked
package dev.tradingplatform.signal.imports;

import org.jspecify.annotations.NullMarked;
