package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.CallOptions;
import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.ServiceSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * The element of HttpClient's execution chain that finds the service of a request and runs the call. It stands below
 * redirects and decompression and above authentication, connecting and sending, in the place of HttpClient's own
 * retries. Safe for concurrent use.
 */
public final class FailoverInterceptor implements ExecChainHandler {

    /** The name of the element in the chain. */
    public static final String NAME = "DISCOVERY";

    /** The host of a request that the interceptor answers itself, to show that it is in the chain (RFC 6761 §6.4). */
    static final String SELF_TEST_HOST = "discovery-client-self-test.invalid";

    /** Header of the response to the self test. */
    static final String SELF_TEST_PASSED = "Discovery-Self-Test-Passed";

    private static final String DEADLINE_KEY = "dev.tradingplatform.discovery.deadline";
    private static final int NO_CONTENT = 204;

    /**
     * Deadline of an exchange whose earlier request was redirected.
     *
     * @param exchangeId of HttpClient
     * @param nanoTime when it passes
     */
    private record ExchangeDeadline(String exchangeId, long nanoTime) {}

    private final ServiceRegistry services;
    private final EndpointConnections connections;
    private final UnaryOperator<ServiceSettings> clientSettings;
    private final Call.Environment environment;

    FailoverInterceptor(
            ServiceRegistry services,
            EndpointConnections connections,
            UnaryOperator<ServiceSettings> clientSettings,
            Call.Environment environment) {
        this.services = services;
        this.connections = connections;
        this.clientSettings = clientSettings;
        this.environment = environment;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        CallOptions options = CallOptions.current();
        Optional<Service> service = options.bypass() ? Optional.empty() : services.find(request);
        if (service.isEmpty()) {
            return isSelfTest(request) ? selfTest(scope) : chain.proceed(request, scope);
        }
        try {
            return call(service.get(), options, request, scope, chain);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the call to " + service.get().name() + " was interrupted");
        }
    }

    private static boolean isSelfTest(ClassicHttpRequest request) {
        return request.getAuthority() != null
                && SELF_TEST_HOST.equals(request.getAuthority().getHostName());
    }

    private ClassicHttpResponse selfTest(ExecChain.Scope scope) throws IOException {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(NO_CONTENT);
        if (connections.areThoseOf(scope)) {
            response.setHeader(SELF_TEST_PASSED, "true");
        }
        return response;
    }

    private ClassicHttpResponse call(
            Service service, CallOptions options, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException, InterruptedException {
        ServiceSettings settings = clientSettings.apply(service.settings());
        long begin = environment.nanoTime().getAsLong();
        long deadline = deadline(scope, options.deadline(begin, settings.deadline()));
        String outcome = "error";
        services.enter(service, settings.maxConcurrentCalls());
        try {
            if (service.awaitEndpoints(deadline, () -> ServiceRegistry.isKnownToSystem(request))
                    == Service.Availability.NO_SUCH_NAME) {
                outcome = "other-host";
                return chain.proceed(request, scope);
            }
            Attempt.Terms terms = new Attempt.Terms(
                    service,
                    connections,
                    "https".equalsIgnoreCase(request.getScheme()),
                    settings.connectTimeout(),
                    settings.readTimeout(),
                    begin,
                    deadline,
                    Call.repeatable(request),
                    settings.retriedStatuses(),
                    Service.enough(settings.deadline()));
            ClassicHttpResponse response = new Call(
                            terms, options.maxAttempts(settings.maxAttempts()), request, scope, chain, environment)
                    .run();
            outcome = response.getCode() < 500 ? "success" : "error";
            return response;
        } catch (DiscoveryException failure) {
            outcome = outcome(failure);
            throw failure;
        } finally {
            services.leave(service);
            service.onCallCompleted(outcome, begin);
        }
    }

    // A redirect is part of the same call, as far as its caller waits.
    private static long deadline(ExecChain.Scope scope, long deadline) {
        HttpClientContext context = scope.clientContext;
        if (context.getAttribute(DEADLINE_KEY) instanceof ExchangeDeadline earlier
                && earlier.exchangeId().equals(scope.exchangeId)) {
            return earlier.nanoTime() - deadline < 0 ? earlier.nanoTime() : deadline;
        }
        context.setAttribute(DEADLINE_KEY, new ExchangeDeadline(scope.exchangeId, deadline));
        return deadline;
    }

    private static String outcome(DiscoveryException failure) {
        return switch (failure) {
            case DiscoveryException.NoEndpoint none -> "no-endpoint";
            case DiscoveryException.DeadlineExceeded late -> "deadline-exceeded";
            case DiscoveryException.AttemptsFailed all -> "attempts-failed";
            case DiscoveryException.Rejected rejected -> "rejected";
        };
    }
}
