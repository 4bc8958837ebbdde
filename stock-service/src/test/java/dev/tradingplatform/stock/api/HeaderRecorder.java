package dev.tradingplatform.stock.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** Notes which headers of a request the service itself asks for; what Spring and Tomcat ask for is theirs. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class HeaderRecorder extends OncePerRequestFilter {

    /** What a test calls the operation it tries. */
    static final String OPERATION = "X-Test-Operation";

    private static final String SERVICE = "dev.tradingplatform.";

    /** Wraps each request, and so stands between the service and this class. */
    private static final String FIREWALL = "org.springframework.security.web.firewall.";

    private final Map<String, Set<String>> asked = new ConcurrentHashMap<>();

    Set<String> asked(String operation) {
        return asked.getOrDefault(operation, Set.of());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String operation = Optional.ofNullable(request.getHeader(OPERATION)).orElse("");
        Set<String> names = asked.computeIfAbsent(operation, _ -> new ConcurrentSkipListSet<>());
        chain.doFilter(new Recorded(request, names), response);
    }

    /** The first caller that is neither the JDK's, nor the servlet API's, nor this class. */
    private static boolean isOurs() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> !name.startsWith("java.") && !name.startsWith("jakarta."))
                        .filter(name -> !name.startsWith(HeaderRecorder.class.getName()))
                        .filter(name -> !name.startsWith(FIREWALL))
                        .findFirst())
                .filter(name -> name.startsWith(SERVICE))
                .isPresent();
    }

    private static final class Recorded extends HttpServletRequestWrapper {

        private final Set<String> names;

        Recorded(HttpServletRequest request, Set<String> names) {
            super(request);
            this.names = names;
        }

        @Override
        public @Nullable String getHeader(String name) {
            note(name);
            return super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            note(name);
            return super.getHeaders(name);
        }

        @Override
        public @Nullable String getContentType() {
            note("Content-Type");
            return super.getContentType();
        }

        private void note(String name) {
            if (isOurs()) {
                names.add(name);
            }
        }
    }
}
