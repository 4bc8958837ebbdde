/** What tests share: a platform on loopback. */
@NullMarked
package dev.tradingplatform.signal.testing;

import org.jspecify.annotations.NullMarked;
