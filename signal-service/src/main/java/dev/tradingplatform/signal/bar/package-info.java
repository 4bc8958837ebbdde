/** Price bars in columns, the input of every computation. Depends on nothing. */
@NullMarked
package dev.tradingplatform.signal.bar;

import org.jspecify.annotations.NullMarked;
