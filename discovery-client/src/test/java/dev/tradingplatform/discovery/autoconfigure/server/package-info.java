/** Tests of the package of the same name. */
@NullMarked
package dev.tradingplatform.discovery.autoconfigure.server;

import org.jspecify.annotations.NullMarked;
