package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.CallOptions;
import dev.tradingplatform.discovery.DiscoveryHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the calls that a request causes when its client stops waiting, counted from the arrival of the request. Applies
 * to calls on the thread of the request. A header that is missing or not a number of milliseconds has no effect. Safe
 * for concurrent use.
 */
final class DeadlineFilter extends OncePerRequestFilter implements Ordered {

    private static final Pattern MILLIS = Pattern.compile("\\d{1,9}");

    private final LongSupplier nanoTime;

    /** @param nanoTime elapsed time, as of {@link System#nanoTime()} */
    DeadlineFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 1;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String millis = request.getHeader(DiscoveryHeaders.TIMEOUT_MS);
        if (millis == null || !MILLIS.matcher(millis).matches()) {
            chain.doFilter(request, response);
            return;
        }
        long deadline = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis));
        CallOptions.Scope scope = CallOptions.NONE.withDeadlineAt(deadline).open();
        try {
            chain.doFilter(request, response);
        } finally {
            scope.close();
        }
    }
}
