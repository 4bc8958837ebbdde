package dev.tradingplatform.signal.signal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tradingplatform.signal.backtest.Summary;
import org.springframework.boot.jackson.JacksonMixin;

/** In JSON a gain is called a return, as everywhere; in Java that is a keyword, and the computation knows no JSON. */
@JacksonMixin({Summary.class, Summary.BuyAndHold.class})
interface SummaryNames {

    @JsonProperty("return")
    double gain();
}
