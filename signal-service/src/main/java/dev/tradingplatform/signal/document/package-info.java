/** What the API is, for programs. */
@NullMarked
package dev.tradingplatform.signal.document;

import org.jspecify.annotations.NullMarked;
