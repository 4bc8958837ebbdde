package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryHeaders;
import dev.tradingplatform.discovery.balancer.FailureKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/** Decides what a response says about the endpoint that sent it, and whether another endpoint may do better. */
final class ResponseClassifier {

    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private ResponseClassifier() {}

    /** Returns the service that the response names as its sender. */
    static Optional<String> sender(HttpResponse response) {
        Header header = response.getFirstHeader(DiscoveryHeaders.SERVICE);
        return header == null ? Optional.empty() : Optional.of(header.getValue().strip());
    }

    /**
     * Returns whether a name that a server gives itself is that of the service, or of what the service name is an alias
     * (CNAME) of: in any case (RFC 4343), with the namespace or without.
     */
    static boolean matches(String sender, String service, Set<String> aliases) {
        return matches(sender, service) || aliases.stream().anyMatch(alias -> matches(sender, alias));
    }

    private static boolean matches(String sender, String name) {
        String lower = sender.toLowerCase(Locale.ROOT);
        return (name + ".").equals(lower) || (name + ".").startsWith(lower + ".");
    }

    /**
     * Returns what a status says against the endpoint; empty for a status that concerns the request alone.
     *
     * @param retried the statuses after which the client tries another endpoint
     */
    static Optional<FailureKind> failure(int status, Set<Integer> retried) {
        if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
            return Optional.of(FailureKind.GATEWAY_STATUS);
        }
        if (status >= SERVER_ERROR) {
            return Optional.of(FailureKind.SERVER_ERROR);
        }
        return retried.contains(status) ? Optional.of(FailureKind.GATEWAY_STATUS) : Optional.empty();
    }

    /** Returns a phrase for messages: {@code answered 503}. */
    static String description(int status, Optional<String> sender) {
        return "answered " + status + sender.map(name -> " as " + name).orElse("");
    }
}
