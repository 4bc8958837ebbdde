package dev.tradingplatform.stock.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 403 if a browser sends a write for a page of another origin, whatever the content type. A browser sends
 * forms, {@code text/plain} and requests without a body to other sites without asking first. Tools send neither of the
 * headers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 9)
class CrossSiteWriteFilter extends OncePerRequestFilter {

    /** Browsers send it to secure origins and loopback addresses only, and {@code Origin} with each write. */
    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** {@code none}: the user, not a page, caused the request. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final AllowedHosts hosts;
    private final Refusals refusals;

    CrossSiteWriteFilter(AllowedHosts hosts, Refusals refusals) {
        this.hosts = hosts;
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return WebSecurityConfiguration.SAFE_METHODS.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> site = Optional.ofNullable(request.getHeader(FETCH_SITE));
        Optional<String> origin = Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN));
        if (site.isPresent() && !OWN_SITES.contains(site.get())) {
            refusals.send(request, response, Refusals.crossSite(FETCH_SITE, site.get()));
        } else if (origin.isPresent() && !isOwn(origin.get(), request)) {
            refusals.send(request, response, Refusals.crossSite(HttpHeaders.ORIGIN, origin.get()));
        } else {
            chain.doFilter(request, response);
        }
    }

    /**
     * Compares host and port, not the scheme: a proxy in front may speak TLS. A proxy that also replaces the header
     * Host needs its own name in {@code stock.security.allowed-hosts}.
     */
    private boolean isOwn(String origin, HttpServletRequest request) {
        String host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST)).orElse("");
        int scheme = origin.indexOf("://");
        if (scheme < 0) {
            return false;
        }
        String authority = origin.substring(scheme + 3);
        return authority.equalsIgnoreCase(host.strip()) || hosts.isConfigured(authority.replaceFirst(":\\d+$", ""));
    }
}
