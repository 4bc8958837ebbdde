package dev.tradingplatform.signal.signal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.backtest.Performance;
import dev.tradingplatform.signal.backtest.Summary;
import org.springframework.boot.jackson.JacksonMixin;

/** A gain is called a return in JSON; in Java that is a keyword, and the computation knows no JSON. */
@JacksonMixin({Summary.class, Summary.BuyAndHold.class})
interface SummaryNames {

    @JsonProperty("return")
    double gain();

    @JsonUnwrapped
    Performance performance();
}
