package dev.tradingplatform.stock.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** The address of the next page: the same request with another cursor. */
final class NextPage {

    private NextPage() {}

    static String of(HttpServletRequest request, String cursor) {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        Stream<String> kept = Arrays.stream(query.split("&"))
                .filter(Predicate.not(String::isEmpty))
                .filter(pair -> !pair.startsWith("cursor="));
        String address = request.getRequestURI() + "?"
                + Stream.concat(kept, Stream.of("cursor=" + cursor)).collect(Collectors.joining("&"));
        // Tomcat accepts a bare caret; RFC 3986 does not.
        return address.replace("^", "%5E");
    }

    /** Announces the next page in the header too, where clients of CSV find it (RFC 8288). */
    static void announce(ResponseEntity.BodyBuilder answer, Optional<String> next) {
        next.ifPresent(address -> answer.header(HttpHeaders.LINK, "<" + address + ">; rel=\"next\""));
    }
}
