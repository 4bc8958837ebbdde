package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.http.DiscoveryHeaders;
import dev.tradingplatform.discovery.http.InheritedDeadline;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets no call that a request leads to outlast the caller's own patience, counted from the arrival of the request.
 * Limits the request's own thread; a header that is missing or no number limits nothing. Thread-safe.
 */
final class TimeLeftFilter extends OncePerRequestFilter implements Ordered {

    private final LongSupplier nanoTime;

    TimeLeftFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 1;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String millis = request.getHeader(DiscoveryHeaders.TIME_LEFT);
        if (millis == null || !millis.matches("\\d{1,9}")) {
            chain.doFilter(request, response);
            return;
        }
        try (var _ =
                InheritedDeadline.until(nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis)))) {
            chain.doFilter(request, response);
        }
    }
}
