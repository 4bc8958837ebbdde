package dev.tradingplatform.stock.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses requests while too many wait behind them, or too many answers for their clients. Refusing is so much faster
 * than serving that the queue is short again within moments; without it Tomcat's queue has no end, and everybody in it
 * waits in vain.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class OverloadFilter extends OncePerRequestFilter {

    private final TomcatCustomizer tomcat;
    private final DeliveryFilter deliveries;
    private final HttpSettings settings;
    private final HandlerExceptionResolver handlerExceptionResolver;

    OverloadFilter(
            TomcatCustomizer tomcat,
            DeliveryFilter deliveries,
            HttpSettings settings,
            HandlerExceptionResolver handlerExceptionResolver) {
        this.tomcat = tomcat;
        this.deliveries = deliveries;
        this.settings = settings;
        this.handlerExceptionResolver = handlerExceptionResolver;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int waiting = tomcat.waiting();
        int slow = deliveries.slow();
        if (waiting > settings.maxWaiting()) {
            refuse(request, response, waiting + " requests are waiting for a thread");
        } else if (slow > settings.maxSlow()) {
            refuse(request, response, slow + " answers are waiting for slow clients");
        } else {
            chain.doFilter(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String why) {
        handlerExceptionResolver.resolveException(request, response, null, Problems.overloaded(why));
    }

    /** A replica that is too busy is still alive: whoever asks for its health must learn that. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }
}
