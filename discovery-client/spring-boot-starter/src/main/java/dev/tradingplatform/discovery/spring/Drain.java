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
 * Keeps a service serving between SIGTERM and the end of the DNS ttl. ECS takes an instance out of Cloud Map and stops
 * it in the same moment, while callers may use its address for a ttl more (aws/containers-roadmap#343). Runs before the
 * phases of Spring's graceful shutdown, whose timeout therefore stays that of requests. Thread-safe.
 */
final class Drain implements ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final ApplicationContext application;
    private final Duration time;
    private volatile boolean begun;

    Drain(ApplicationContext application, Duration time) {
        this.application = application;
        this.time = time;
    }

    /** Whether the process has been told to end. */
    boolean begun() {
        return begun;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (!event.getApplicationContext().equals(application) || time.isZero()) {
            return;
        }
        begun = true;
        LOG.info(
                "Serving for another {} s, until no caller's DNS answer names this instance any more",
                time.toSeconds());
        try {
            var _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
