package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.spool.Spool;
import dev.tradingplatform.stock.spool.SpooledBytes;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets every answer be made in full before any of it is sent, and then sends it without a thread that waits: clients
 * that read slowly, however many, hold none of the threads that others need.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class DeliveryFilter extends OncePerRequestFilter {

    /** RFC 9110 §8.6 */
    private static final Set<Integer> NO_BODY = Set.of(204, 304);

    private final Spool spool;
    private final Pace pace;
    private final AtomicInteger slow = new AtomicInteger();

    DeliveryFilter(Spool spool, HttpSettings settings, LongSupplier nanoTime) {
        this.spool = spool;
        this.pace = new Pace(settings.patience(), settings.slowestRate(), nanoTime);
    }

    /** Returns how many answers wait for their clients. */
    int slow() {
        return slow.get();
    }

    /** An answer that may come later is sent by Spring; it is short. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().equals(ChangesController.PATH);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        PreparedAnswer answer = new PreparedAnswer(response, spool);
        boolean done = false;
        try {
            chain.doFilter(request, answer);
            done = true;
        } finally {
            if (!done) {
                answer.discard();
            }
        }
        if (!answer.isLeftToContainer() && !request.isAsyncStarted()) {
            deliver(request, response, answer.body());
        }
    }

    private void deliver(HttpServletRequest request, HttpServletResponse response, SpooledBytes body)
            throws IOException {
        if (body.size() > 0 || !NO_BODY.contains(response.getStatus())) {
            response.setContentLengthLong(body.size());
        }
        // Tomcat can end a connection in the middle of a body only at once. Such an answer is a short refusal.
        if (request.getMethod().equals("HEAD") || !request.getInputStream().isFinished()) {
            try (body;
                    OutputStream target = response.getOutputStream()) {
                body.transferTo(target);
            }
            return;
        }
        AsyncContext exchange = request.startAsync(request, response);
        // The pace is watched by whoever writes, a client that stands still by Tomcat's connection timeout.
        exchange.setTimeout(0);
        Delivery delivery = new Delivery(exchange, body, pace, slow);
        exchange.addListener(delivery);
        response.getOutputStream().setWriteListener(delivery);
    }
}
