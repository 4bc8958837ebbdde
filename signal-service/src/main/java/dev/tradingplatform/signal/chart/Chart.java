package dev.tradingplatform.signal.chart;

import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.market.Ticker;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Columns over the same bars: JSON only.
 *
 * @param ticker whose bars
 * @param count how many bars are shown
 * @param timestamps start of each bar
 * @param series columns by name, each as long as the timestamps; null before warm-up
 * @param source where the bars came from
 */
record Chart(Ticker ticker, int count, List<Instant> timestamps, Map<String, Column> series, Source source) {}
