/** What callers write behind the question mark. Depends on bar and catalogue. */
@NullMarked
package dev.tradingplatform.signal.query;

import org.jspecify.annotations.NullMarked;
