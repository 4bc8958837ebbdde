package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Adds the name of the service to each response; while the service drains, also the sign for clients to send new calls
 * to other endpoints and to close the connection. First in the chain, so that errors of other filters carry it too.
 * Safe for concurrent use.
 */
final class IdentityFilter extends OncePerRequestFilter implements Ordered {

    private final String name;
    private final DrainOnShutdown drain;

    /** @param name of the Cloud Map service; empty for none */
    IdentityFilter(String name, DrainOnShutdown drain) {
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
        if (drain.draining()) {
            response.setHeader(DiscoveryHeaders.DRAINING, "true");
            response.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }
}
