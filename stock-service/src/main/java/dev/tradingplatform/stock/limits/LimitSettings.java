package dev.tradingplatform.stock.limits;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of all requests.
 *
 * @param maxRequests requests in progress, those of slow clients included; further requests are answered with 503
 * @param minTransferRate bytes per second, on average, at which a client must send a request body and read an answer
 * @param transferGracePeriod time in which the rate is not checked
 */
@Validated
@ConfigurationProperties("stock.limits")
record LimitSettings(
        @DefaultValue("400") @Min(0) int maxRequests,
        @DefaultValue("16KB") DataSize minTransferRate,
        @DefaultValue("10s") Duration transferGracePeriod) {}
