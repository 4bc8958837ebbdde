/** What all answers over HTTP share: where the bars came from, entity tags, formats. Depends on market and below. */
@NullMarked
package dev.tradingplatform.signal.answer;

import org.jspecify.annotations.NullMarked;
