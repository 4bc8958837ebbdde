/** Tests. */
@NullMarked
package dev.tradingplatform.signal.document;

import org.jspecify.annotations.NullMarked;
