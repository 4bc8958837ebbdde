package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Place;
import java.util.Map;

/**
 * One bar as text.
 *
 * @param place where it stands
 * @param cells its fields, as they were written; absent ones are missing. Not copied: a row lives for one call
 */
record Row(Place place, Map<Field, String> cells) {}
