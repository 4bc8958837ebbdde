/**
 * Reads bars out of request bodies as people really have them, and finds everything that is wrong with them. Depends on
 * {@code bar} only.
 */
@NullMarked
package dev.tradingplatform.stock.intake;

import org.jspecify.annotations.NullMarked;
