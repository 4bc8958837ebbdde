/** Shows what discovery-client knows of the endpoints, over HTTP. */
@NullMarked
package dev.tradingplatform.signal.discovery;

import org.jspecify.annotations.NullMarked;
