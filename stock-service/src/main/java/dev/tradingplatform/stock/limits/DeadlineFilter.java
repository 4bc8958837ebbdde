package dev.tradingplatform.stock.limits;

import dev.tradingplatform.discovery.DiscoveryHeaders;
import dev.tradingplatform.stock.storage.LockTimeout;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the wait for the database to the deadline of the caller: the arrival of the request plus
 * {@code Discovery-Timeout-Ms}. A value that is not a number of at most nine digits is ignored.
 */
@Component
class DeadlineFilter extends OncePerRequestFilter {

    private final LongSupplier nanoTime;

    DeadlineFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long arrived = nanoTime.getAsLong();
        Duration timeout = Duration.ofMillis(Long.parseLong(request.getHeader(DiscoveryHeaders.TIMEOUT_MS)));
        try {
            LockTimeout.within(() -> timeout.minusNanos(nanoTime.getAsLong() - arrived), () -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String millis = request.getHeader(DiscoveryHeaders.TIMEOUT_MS);
        return millis == null || !millis.matches("\\d{1,9}");
    }
}
