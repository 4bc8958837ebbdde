/**
 * Reads bars from request bodies: CSV as tools and spreadsheets export it, JSON and NDJSON. Reports everything that is
 * wrong with a body, with its line. Depends on {@code bar} and {@code spool} only.
 */
@NullMarked
package dev.tradingplatform.stock.importing;

import org.jspecify.annotations.NullMarked;
