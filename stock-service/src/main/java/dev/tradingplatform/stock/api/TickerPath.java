package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Ticker;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * The parameters of a request that names a ticker and nothing else.
 *
 * @param ticker whose data is meant
 */
record TickerPath(@DescribedParameters.InPath @PathVariable Ticker ticker) implements RequestParameters {}
