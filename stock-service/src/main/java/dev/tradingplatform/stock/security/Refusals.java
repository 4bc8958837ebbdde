package dev.tradingplatform.stock.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers requests that a filter refuses with problem documents (RFC 9457), as the controllers do. */
@Component
class Refusals {

    private final HandlerExceptionResolver handlerExceptionResolver;

    Refusals(HandlerExceptionResolver handlerExceptionResolver) {
        this.handlerExceptionResolver = handlerExceptionResolver;
    }

    void send(HttpServletRequest request, HttpServletResponse response, ErrorResponseException problem) {
        handlerExceptionResolver.resolveException(request, response, null, problem);
    }

    static ErrorResponseException badRequest(String reason) {
        return problem(HttpStatus.BAD_REQUEST, "bad-request", "Bad Request", reason);
    }

    static ErrorResponseException unauthorized(String fault, String challenge) {
        ErrorResponseException problem = problem(
                HttpStatus.UNAUTHORIZED,
                "unauthorized",
                "Unauthorized",
                "A write requires a token, and " + fault + ".");
        problem.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return problem;
    }

    static ErrorResponseException insufficientScope(String scope) {
        ErrorResponseException problem = problem(
                HttpStatus.FORBIDDEN,
                "insufficient-scope",
                "Insufficient scope",
                "The token does not contain the scope " + scope + ". Nothing was written.");
        problem.getHeaders()
                .set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
        return problem;
    }

    static ErrorResponseException providerUnavailable() {
        ErrorResponseException problem = problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "authorization-unavailable",
                "Authorization unavailable",
                "The OpenID provider does not answer, so the token cannot be checked. Nothing was written; send the same"
                        + " again.");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        return problem;
    }

    static ErrorResponseException misdirected(String host) {
        return problem(
                HttpStatus.MISDIRECTED_REQUEST,
                "misdirected-request",
                "Misdirected request",
                "Host: " + host + " (expected: an IP address, localhost or a name of this service). To allow the name,"
                        + " add it to stock.security.allowed-hosts.");
    }

    static ErrorResponseException crossSite(String header, String value) {
        return problem(
                HttpStatus.FORBIDDEN,
                "cross-site-write",
                "Cross-site write",
                header + ": " + value
                        + " (expected: the origin of this service). A page of another site must not write."
                        + " Nothing was written.");
    }

    private static ErrorResponseException problem(HttpStatus status, String slug, String title, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, detail);
        document.setType(URI.create("urn:problem:" + slug));
        document.setTitle(title);
        return new ErrorResponseException(status, document, null);
    }
}
