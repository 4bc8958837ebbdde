package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.http.client.HttpClientSettings;

/**
 * The properties of discovery-client. A misspelt key ends the start, because a setting that is silently ignored is
 * found in the first incident. Environment variables are not checked: Kubernetes sets some for each service, and one of
 * these may be called discovery.
 *
 * @param namespace DNS namespaces of the services, such as trading-platform.local. A name without a dot is looked up in
 *     the first one. Without a namespace the client side of the library is off.
 * @param nameservers IP addresses of nameservers, each with a port if it is not 53. If empty, those of
 *     /etc/resolv.conf.
 * @param excludedHosts hosts that are never treated as service names and cause no query.
 * @param loopback whether DNS answers may contain loopback addresses, as needed for a platform on one machine.
 * @param ipv6 whether AAAA records are queried as well.
 * @param maxRecords number of records in a DNS answer from which the answer may be partial. Cloud Map returns at most
 *     8.
 * @param zoneCidrs address ranges of the own availability zone, whose endpoints are preferred if there are six or more.
 *     If empty, on ECS the subnet of the task.
 * @param slowStart time in which an endpoint that joins later reaches its full share of the calls. 0s is at once.
 * @param recordType DNS records that list the endpoints of a service. With A, the port is the one of the URL.
 * @param deadline maximum duration of a call until its response headers arrive: lookup, all attempts and pauses.
 * @param connectTimeout maximum duration of a TCP connect, after which the next endpoint is tried. Default:
 *     spring.http.clients.connect-timeout if set, otherwise 200ms.
 * @param tlsHandshakeTimeout maximum duration of a TLS handshake.
 * @param readTimeout maximum time without a byte of the response, before and in its body. Default:
 *     spring.http.clients.read-timeout if set, otherwise 60s.
 * @param maxAttempts maximum number of attempts of a call that reach an endpoint. 1 switches retries and hedged
 *     attempts off.
 * @param retriedStatuses response statuses after which another endpoint is tried, if the request may be repeated. Any
 *     of 408, 425, 429, 500, 502, 503, 504.
 * @param maxConcurrentCalls maximum number of calls in flight to one service. A further call is rejected.
 * @param services settings of single services by name, such as discovery.services.stock-service.deadline=2s. They have
 *     the keys record-type, deadline, connect-timeout, tls-handshake-timeout, read-timeout, max-attempts,
 *     retried-statuses and max-concurrent-calls, and ssl-bundle.
 * @param server settings of a service that others call.
 */
@ConfigurationProperties(prefix = "discovery", ignoreUnknownFields = false)
record DiscoveryProperties(
        @DefaultValue List<String> namespace,
        @DefaultValue List<String> nameservers,
        @DefaultValue List<String> excludedHosts,
        @DefaultValue("false") boolean loopback,
        @DefaultValue("false") boolean ipv6,
        @DefaultValue("8") int maxRecords,
        @DefaultValue List<String> zoneCidrs,
        @DefaultValue("0s") Duration slowStart,
        @DefaultValue("srv") RecordType recordType,
        @DefaultValue("10s") Duration deadline,
        @Nullable Duration connectTimeout,
        @DefaultValue("1s") Duration tlsHandshakeTimeout,
        @Nullable Duration readTimeout,
        @DefaultValue("3") int maxAttempts,
        @DefaultValue({"502", "503", "504"}) Set<Integer> retriedStatuses,
        @DefaultValue("1000") int maxConcurrentCalls,
        @DefaultValue Map<String, Service> services,
        @DefaultValue Server server) {

    private static final String PREFIX = "discovery.";

    /**
     * Builds the client.
     *
     * @param builder of which the other settings were made
     * @throws InvalidConfigurationException if a value cannot be used; the message names the property
     */
    static DiscoveryClient build(DiscoveryClient.Builder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException refused) {
            throw InvalidConfigurationException.of(PREFIX, refused);
        }
    }

    /**
     * Hands the properties to the builder, which checks most of them only when it builds.
     *
     * @param usual settings of all HTTP clients of the application; their timeouts apply where a property is not set
     */
    void applyTo(DiscoveryClient.Builder builder, HttpClientSettings usual) {
        builder.namespace(
                        namespace.getFirst(),
                        namespace.subList(1, namespace.size()).toArray(String[]::new))
                .nameservers(nameservers)
                .excludedHosts(excludedHosts)
                .loopback(loopback)
                .ipv6(ipv6)
                .maxRecords(maxRecords)
                .zoneCidrs(zoneCidrs)
                .slowStart(slowStart)
                .defaults(settings -> allServices(settings, usual));
        services.forEach((name, service) ->
                builder.service(name, settings -> service.applyTo(settings, PREFIX + "services." + name + ".")));
    }

    /** Returns the settings of services that have none of their own. */
    ServiceSettings allServices(ServiceSettings settings, HttpClientSettings usual) {
        return new Service(
                        recordType,
                        deadline,
                        connectTimeout == null ? usual.connectTimeout() : connectTimeout,
                        tlsHandshakeTimeout,
                        readTimeout == null ? usual.readTimeout() : readTimeout,
                        maxAttempts,
                        retriedStatuses,
                        maxConcurrentCalls,
                        null)
                .applyTo(settings, PREFIX);
    }

    /**
     * The settings of one service; what is null is as for all services.
     *
     * @param recordType DNS records that list its endpoints.
     * @param deadline maximum duration of a call until its response headers arrive.
     * @param connectTimeout maximum duration of a TCP connect.
     * @param tlsHandshakeTimeout maximum duration of a TLS handshake.
     * @param readTimeout maximum time without a byte of the response, before and in its body.
     * @param maxAttempts maximum number of attempts of a call that reach an endpoint.
     * @param retriedStatuses response statuses after which another endpoint is tried.
     * @param maxConcurrentCalls maximum number of calls in flight.
     * @param sslBundle SSL bundle of its calls, in place of the bundle of the HTTP client.
     */
    record Service(
            @Nullable RecordType recordType,
            @Nullable Duration deadline,
            @Nullable Duration connectTimeout,
            @Nullable Duration tlsHandshakeTimeout,
            @Nullable Duration readTimeout,
            @Nullable Integer maxAttempts,
            @Nullable Set<Integer> retriedStatuses,
            @Nullable Integer maxConcurrentCalls,
            @Nullable String sslBundle) {

        /**
         * @param prefix of the properties, with the last dot, for the message of a refusal
         * @throws InvalidConfigurationException if a value is out of range
         */
        ServiceSettings applyTo(ServiceSettings settings, String prefix) {
            ServiceSettings changed = settings;
            changed = with(changed, prefix, recordType, ServiceSettings::withRecordType);
            changed = with(changed, prefix, deadline, ServiceSettings::withDeadline);
            changed = with(changed, prefix, connectTimeout, ServiceSettings::withConnectTimeout);
            changed = with(changed, prefix, tlsHandshakeTimeout, ServiceSettings::withTlsHandshakeTimeout);
            changed = with(changed, prefix, readTimeout, ServiceSettings::withReadTimeout);
            changed = with(changed, prefix, maxAttempts, ServiceSettings::withMaxAttempts);
            changed = with(changed, prefix, retriedStatuses, ServiceSettings::withRetriedStatuses);
            return with(changed, prefix, maxConcurrentCalls, ServiceSettings::withMaxConcurrentCalls);
        }

        private static <T> ServiceSettings with(
                ServiceSettings settings,
                String prefix,
                @Nullable T value,
                BiFunction<ServiceSettings, T, ServiceSettings> change) {
            if (value == null) {
                return settings;
            }
            try {
                return change.apply(settings, value);
            } catch (IllegalArgumentException refused) {
                throw InvalidConfigurationException.of(prefix, refused);
            }
        }
    }

    /**
     * The settings of a service that others call.
     *
     * @param name name of the Cloud Map service that this process is an instance of, such as stock-service. Each
     *     response then names it, so that a client recognises an address that now belongs to another service.
     * @param drain how long to keep serving after SIGTERM. ECS does not wait for the TTL before it stops a task: on ECS
     *     set the TTL and a few seconds, within the stop timeout of the task.
     */
    record Server(
            @DefaultValue("") String name,
            @DefaultValue("0s") Duration drain) {

        private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*)?");

        /** @throws InvalidConfigurationException if the name is no DNS name or the drain time is negative */
        Server {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidConfigurationException(
                        "discovery.server.name: \"" + name + "\" (expected: a DNS name such as stock-service)");
            }
            if (drain.isNegative()) {
                throw new InvalidConfigurationException("discovery.server.drain: " + drain + " (expected: 0s or more)");
            }
        }
    }
}
