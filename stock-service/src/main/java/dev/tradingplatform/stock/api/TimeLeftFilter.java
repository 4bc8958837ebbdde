package dev.tradingplatform.stock.api;

import dev.tradingplatform.discovery.DiscoveryHeaders;
import dev.tradingplatform.stock.storage.LockTimeout;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Waits for locks no longer than the caller says it waits for the answer. */
@Component
class TimeLeftFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Duration> left = of(request);
        if (left.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            LockTimeout.within(left.get(), () -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** Reads how long the caller waits, counted from the arrival of the request; nonsense counts as nothing said. */
    static Optional<Duration> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(DiscoveryHeaders.TIMEOUT_MS))
                .filter(millis -> millis.matches("\\d{1,9}"))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)));
    }
}
