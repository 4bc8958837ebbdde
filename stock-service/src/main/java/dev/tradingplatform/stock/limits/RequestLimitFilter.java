package dev.tradingplatform.stock.limits;

import dev.tradingplatform.stock.limits.LimitExceededException.Kind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Refuses requests while too many are in progress, those of slow clients included. Safe for concurrent use. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class RequestLimitFilter extends OncePerRequestFilter {

    private static final DataSize MAX_UNREAD_BODY = DataSize.ofMegabytes(2);

    /** After these the thread is needed more than the connection. */
    private static final Set<Integer> TOO_SLOW_OR_TOO_MANY = Set.of(408, 503);

    private final LimitSettings settings;
    private final RequestBodyLimit unreadBody;
    private final HandlerExceptionResolver handlerExceptionResolver;
    private final AtomicInteger inProgress = new AtomicInteger();

    RequestLimitFilter(
            LimitSettings settings, MinTransferRate minRate, HandlerExceptionResolver handlerExceptionResolver) {
        this.settings = settings;
        this.unreadBody = new RequestBodyLimit(MAX_UNREAD_BODY, minRate);
        this.handlerExceptionResolver = handlerExceptionResolver;
    }

    int inProgress() {
        return inProgress.get();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            if (inProgress.incrementAndGet() > settings.maxRequests()) {
                String limit = settings.maxRequests() + " requests are in progress";
                handlerExceptionResolver.resolveException(
                        request, response, null, new LimitExceededException(Kind.REQUESTS, limit));
                return;
            }
            if (HttpMethod.GET.matches(request.getMethod())
                    || request.getInputStream().isFinished()) {
                chain.doFilter(request, response);
            } else {
                // The answer gets a Content-Length: the client knows its end while the rest of the body is read.
                ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
                chain.doFilter(request, answer);
                answer.copyBodyToResponse();
            }
            readRest(request, response.getStatus());
        } finally {
            inProgress.decrementAndGet();
        }
    }

    /** An overloaded replica is alive, and its health check must learn that. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/actuator/");
    }

    /**
     * Reads what the application left of a body, after the answer was sent: if the connection were closed at once, the
     * client might not receive the answer. Tomcat would read it at any rate, so {@code max-swallow-size} is 0.
     */
    private void readRest(HttpServletRequest request, int status) throws IOException {
        if (request.getInputStream().isFinished()
                || TOO_SLOW_OR_TOO_MANY.contains(status)
                || request.getHeader(HttpHeaders.EXPECT) != null) {
            return;
        }
        try (InputStream rest = unreadBody.apply(request.getInputStream())) {
            rest.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | LimitExceededException e) {
            logger.debug("The rest of a body was not read; Tomcat closes the connection", e);
        }
    }
}
