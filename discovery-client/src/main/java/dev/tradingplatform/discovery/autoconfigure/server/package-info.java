/** The server's end of a call: says who it is, and leaves without anybody noticing. */
@NullMarked
package dev.tradingplatform.discovery.autoconfigure.server;

import org.jspecify.annotations.NullMarked;
