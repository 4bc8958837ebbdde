package dev.tradingplatform.stock.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 421 if the host of a request is not allowed (RFC 9110 §15.5.20). */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 8)
class HostFilter extends OncePerRequestFilter {

    private final AllowedHosts hosts;
    private final Refusals refusals;

    HostFilter(AllowedHosts hosts, Refusals refusals) {
        this.hosts = hosts;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Tomcat has checked the form of the host, and reads it from an absolute request target too. Only a request of
        // HTTP/1.0 has none, and browsers do not send such requests.
        Optional<String> host = Optional.ofNullable(request.getServerName());
        if (host.isEmpty() || hosts.allows(host.get())) {
            chain.doFilter(request, response);
        } else {
            refusals.send(request, response, Refusals.misdirected(host.get()));
        }
    }
}
