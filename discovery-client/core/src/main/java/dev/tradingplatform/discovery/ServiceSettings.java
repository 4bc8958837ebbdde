package dev.tradingplatform.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How calls to a service are made. Immutable; start from {@link #DEFAULTS}.
 *
 * @param recordType the DNS records to query
 * @param deadline maximum duration of a call until its response headers arrive: lookup, all attempts and pauses
 * @param connectTimeout maximum duration of a TCP connect, after which the next endpoint is tried
 * @param tlsHandshakeTimeout maximum duration of a TLS handshake
 * @param readTimeout maximum time without a byte of the response, before its headers and in its body
 * @param maxAttempts maximum number of attempts of a call that reach an endpoint, the first one included. Failed
 *     connects are not counted, because they send nothing. 1 switches retries and hedged attempts off
 * @param retriedStatuses response statuses after which another endpoint is tried, if the request may be repeated
 * @param maxConcurrentCalls maximum number of calls in flight to the service; a further call is rejected
 */
public record ServiceSettings(
        RecordType recordType,
        Duration deadline,
        Duration connectTimeout,
        Duration tlsHandshakeTimeout,
        Duration readTimeout,
        int maxAttempts,
        Set<Integer> retriedStatuses,
        int maxConcurrentCalls) {

    private static final List<Integer> RETRIABLE = List.of(408, 425, 429, 500, 502, 503, 504);

    /**
     * SRV records; deadline 10 s, connect timeout 200 ms, TLS handshake 1 s, read timeout 60 s; 3 attempts, repeated
     * after 502, 503 and 504; 1,000 calls in flight.
     */
    public static final ServiceSettings DEFAULTS = new ServiceSettings(
            RecordType.SRV,
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            3,
            Set.of(502, 503, 504),
            1_000);

    /** @throws IllegalArgumentException if a value is out of range; the message names it */
    public ServiceSettings {
        requirePositive("deadline", deadline);
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("tlsHandshakeTimeout", tlsHandshakeTimeout);
        requirePositive("readTimeout", readTimeout);
        requirePositive("maxAttempts", maxAttempts);
        requirePositive("maxConcurrentCalls", maxConcurrentCalls);
        retriedStatuses = Set.copyOf(retriedStatuses);
        for (int status : retriedStatuses) {
            if (!RETRIABLE.contains(status)) {
                throw new IllegalArgumentException(
                        "retriedStatuses: " + status + " (expected: any of " + RETRIABLE + ")");
            }
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }

    /** Returns a copy with another record type. */
    public ServiceSettings withRecordType(RecordType value) {
        return new ServiceSettings(
                value,
                deadline,
                connectTimeout,
                tlsHandshakeTimeout,
                readTimeout,
                maxAttempts,
                retriedStatuses,
                maxConcurrentCalls);
    }

    /** Returns a copy with another deadline. */
    public ServiceSettings withDeadline(Duration value) {
        return new ServiceSettings(
                recordType,
                value,
                connectTimeout,
                tlsHandshakeTimeout,
                readTimeout,
                maxAttempts,
                retriedStatuses,
                maxConcurrentCalls);
    }

    /** Returns a copy with another connect timeout. */
    public ServiceSettings withConnectTimeout(Duration value) {
        return new ServiceSettings(
                recordType,
                deadline,
                value,
                tlsHandshakeTimeout,
                readTimeout,
                maxAttempts,
                retriedStatuses,
                maxConcurrentCalls);
    }

    /** Returns a copy with another TLS handshake timeout. */
    public ServiceSettings withTlsHandshakeTimeout(Duration value) {
        return new ServiceSettings(
                recordType,
                deadline,
                connectTimeout,
                value,
                readTimeout,
                maxAttempts,
                retriedStatuses,
                maxConcurrentCalls);
    }

    /** Returns a copy with another read timeout. */
    public ServiceSettings withReadTimeout(Duration value) {
        return new ServiceSettings(
                recordType,
                deadline,
                connectTimeout,
                tlsHandshakeTimeout,
                value,
                maxAttempts,
                retriedStatuses,
                maxConcurrentCalls);
    }

    /** Returns a copy with another maximum of attempts. */
    public ServiceSettings withMaxAttempts(int value) {
        return new ServiceSettings(
                recordType,
                deadline,
                connectTimeout,
                tlsHandshakeTimeout,
                readTimeout,
                value,
                retriedStatuses,
                maxConcurrentCalls);
    }

    /** Returns a copy that retries after other statuses: any of 408, 425, 429, 500, 502, 503, 504. */
    public ServiceSettings withRetriedStatuses(Set<Integer> value) {
        return new ServiceSettings(
                recordType,
                deadline,
                connectTimeout,
                tlsHandshakeTimeout,
                readTimeout,
                maxAttempts,
                value,
                maxConcurrentCalls);
    }

    /** Returns a copy with another maximum of calls in flight. */
    public ServiceSettings withMaxConcurrentCalls(int value) {
        return new ServiceSettings(
                recordType,
                deadline,
                connectTimeout,
                tlsHandshakeTimeout,
                readTimeout,
                maxAttempts,
                retriedStatuses,
                value);
    }
}
