package dev.tradingplatform.stock.limits;

import java.util.function.LongSupplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Minimum average rate of request bodies and answers after a grace period. Safe for concurrent use. */
@Component
@EnableConfigurationProperties(LimitSettings.class)
public final class MinTransferRate {

    private final LimitSettings settings;
    private final LongSupplier nanoTime;

    MinTransferRate(LimitSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** Starts the grace period of a transfer. */
    Transfer start() {
        long started = nanoTime.getAsLong();
        long rate = settings.minTransferRate().toBytes();
        return bytes -> nanoTime.getAsLong() - started
                > settings.transferGracePeriod().plusSeconds(bytes / rate).toNanos();
    }

    /** One body or answer. */
    interface Transfer {

        /** Returns whether the rate is too low, by the number of bytes since the start. */
        boolean isTooSlow(long bytes);
    }
}
