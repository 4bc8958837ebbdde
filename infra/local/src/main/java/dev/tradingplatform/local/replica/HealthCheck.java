package dev.tradingplatform.local.replica;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Says whether something at an address is ready for calls. Blocks for a moment at most. */
@FunctionalInterface
public interface HealthCheck {

    /** Whether it is. */
    boolean passes(InetSocketAddress address) throws InterruptedException;

    /** Expects 200 from Spring Boot's readiness probe. */
    static HealthCheck readiness(HttpClient http, Duration timeout) {
        return address -> {
            URI uri = URI.create("http://%s:%d/actuator/health/readiness"
                    .formatted(address.getAddress().getHostAddress(), address.getPort()));
            try {
                return http.send(HttpRequest.newBuilder(uri).timeout(timeout).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false; // refused, reset or too slow: not ready, for whatever reason
            }
        };
    }
}
