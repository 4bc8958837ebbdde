package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.http.DiscoveryHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says in every response which service gave it, and while draining that callers should go elsewhere and not keep the
 * connection. First in the chain, so that errors of other filters say it too. Thread-safe.
 */
final class IdentityFilter extends OncePerRequestFilter implements Ordered {

    private final String name;
    private final Drain drain;

    IdentityFilter(String name, Drain drain) {
        this.name = name;
        this.drain = drain;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!name.isEmpty()) {
            response.setHeader(DiscoveryHeaders.SERVICE, name);
        }
        if (drain.begun()) {
            response.setHeader(DiscoveryHeaders.DRAINING, "true");
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }
}
