package dev.tradingplatform.discovery.spring;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Keeps a service serving between SIGTERM and the end of the TTL. ECS removes an instance from Cloud Map and stops it
 * in the same moment, while clients may use its address for another TTL (aws/containers-roadmap#343). Runs before the
 * phases of Spring's graceful shutdown, whose timeout therefore stays that of requests. Safe for concurrent use.
 */
final class DrainOnShutdown implements ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(DrainOnShutdown.class);

    private final ApplicationContext application;
    private final Duration duration;
    private volatile boolean draining;

    DrainOnShutdown(ApplicationContext application, Duration duration) {
        this.application = application;
        this.duration = duration;
    }

    /** Returns whether the process was told to end. */
    boolean draining() {
        return draining;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        // The management context, if it is a separate one, ends with the application's.
        if (!event.getApplicationContext().equals(application) || duration.isZero()) {
            return;
        }
        draining = true;
        LOG.info("Serving for another {} s, until no DNS answer in use lists this instance", duration.toSeconds());
        try {
            boolean ended = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
            LOG.debug("Drained: {}", !ended);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
