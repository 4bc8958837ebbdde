/** What a person at a terminal sees. Depends on nothing of ours. */
@NullMarked
package dev.tradingplatform.local.terminal;

import org.jspecify.annotations.NullMarked;
