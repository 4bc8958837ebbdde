package dev.tradingplatform.stock.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Lets only those write, or make a backup, who bring a good token, where tokens are asked for (RFC 6750). */
@Component
@EnableConfigurationProperties(AuthSettings.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class WriteAccessFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(WriteAccessFilter.class);

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String SCHEME = "Bearer ";

    /** Without an error code if there is no token at all (RFC 6750 §3.1). */
    private static final String NO_TOKEN = "Bearer";

    private static final String BAD_TOKEN = "Bearer error=\"invalid_token\"";

    private final Optional<JwtDecoder> decoder;
    private final HandlerExceptionResolver handlerExceptionResolver;

    WriteAccessFilter(AuthSettings settings, LongSupplier nanoTime, HandlerExceptionResolver handlerExceptionResolver) {
        this.decoder = settings.decoder(nanoTime);
        this.handlerExceptionResolver = handlerExceptionResolver;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return decoder.isEmpty() || READING.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<ErrorResponseException> refusal =
                refusal(Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)));
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            handlerExceptionResolver.resolveException(request, response, null, refusal.get());
        }
    }

    private Optional<ErrorResponseException> refusal(Optional<String> authorization) {
        if (authorization.isEmpty() || !authorization.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(Problems.unauthorized(
                    "the header Authorization: is missing (expected: Bearer and a token)", NO_TOKEN));
        }
        try {
            var _ = decoder.orElseThrow()
                    .decode(authorization.get().substring(SCHEME.length()).strip());
            return Optional.empty();
        } catch (BadJwtException refused) {
            return Optional.of(Problems.unauthorized("the token is refused: " + refused.getMessage(), BAD_TOKEN));
        } catch (JwtException undecided) {
            LOG.warn("A token could not be checked: {}", undecided.getMessage());
            return Optional.of(Problems.authorizationUnavailable());
        }
    }
}
