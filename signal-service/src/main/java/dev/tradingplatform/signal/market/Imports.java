package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.DiscoveryHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.net.URIBuilder;

/**
 * Passes quotes on to a replica of stock-service while they arrive, without holding them. Endpoints come from
 * discovery-client; its own calls hold a body in memory and have seconds, neither of which suits a file. Another
 * endpoint is tried as long as nothing of the file was sent, and nothing is sent to an endpoint that has not asked for
 * it by 100 (Continue); after that there is nothing left to send again. Safe for concurrent use; blocks.
 */
public final class Imports {

    private static final int LONGEST_ANSWER = 1 << 20;
    private static final List<String> PASSED_ON = List.of("Content-Type", "Retry-After", "WWW-Authenticate");
    private static final int SERVICE_UNAVAILABLE = 503;

    private final HttpClient http;
    private final Supplier<List<HttpHost>> endpoints;
    private final URI service;
    private final ImportSettings settings;

    Imports(HttpClient http, Supplier<List<HttpHost>> endpoints, URI service, ImportSettings settings) {
        this.http = http;
        this.endpoints = endpoints;
        this.service = service;
        this.settings = settings;
    }

    /**
     * Sends quotes of one ticker.
     *
     * @return what stock-service says, a refusal included
     * @throws ImportFailure if the file is too large or breaks off
     * @throws MarketDataException if nobody takes it, or nobody knows whether it was written
     */
    public ImportAnswer send(Ticker ticker, QuoteFile file) {
        long limit = settings.maxSize().toBytes();
        if (file.length() > limit) {
            String message = MeteredContent.tooMuch(limit);
            throw new ImportFailure.TooLarge(message, new IOException(message));
        }
        MeteredContent content = new MeteredContent(file.content(), limit);
        List<String> failures = new ArrayList<>();
        Optional<ImportAnswer> busy = Optional.empty();
        for (HttpHost endpoint : endpoints.get()) {
            try {
                ImportAnswer answer = http.execute(
                        endpoint,
                        request(ticker, file, content),
                        ContinueFirst.context(content),
                        response -> read(response, endpoint));
                if (answer.status() != SERVICE_UNAVAILABLE || content.begun()) {
                    return answer;
                }
                busy = Optional.of(answer);
            } catch (IOException e) {
                failures.add(dialled(endpoint) + ": " + decided(content, e));
            }
        }
        return busy.orElseThrow(() -> new MarketDataException.NoEndpoint(
                failures.isEmpty()
                        ? service.getHost() + " has no endpoint"
                        : "no stock-service replica takes the file: " + String.join("; ", failures)));
    }

    private HttpPost request(Ticker ticker, QuoteFile file, MeteredContent content) {
        HttpPost request = new HttpPost(uri(ticker, file));
        request.setHeader(DiscoveryHeaders.TIMEOUT_MS, settings.deadline().toMillis());
        file.authorization().ifPresent(value -> request.setHeader("Authorization", value));
        request.setEntity(new InputStreamEntity(
                content,
                file.length(),
                file.type().map(ContentType::parseLenient).orElse(null),
                file.encoding().orElse(null)));
        content.offer(request::abort);
        return request;
    }

    private static URI uri(Ticker ticker, QuoteFile file) {
        URIBuilder uri = new URIBuilder().setPathSegments("api", "v1", "data", ticker.value());
        file.parameters().forEach(uri::addParameter);
        return URI.create(uri.toString());
    }

    private ImportAnswer read(ClassicHttpResponse response, HttpHost endpoint) throws IOException {
        Optional<String> name = header(response, DiscoveryHeaders.SERVICE);
        String type = header(response, "Content-Type").orElse("").toLowerCase(Locale.ROOT);
        // An address that was configured rather than looked up is no name to compare with
        boolean lookedUp = endpoint.getAddress() != null;
        if (lookedUp && !name.map(this::isMeant).orElse(true)) {
            throw new IOException("another service answers there, " + name.orElseThrow());
        }
        if (!type.contains("json")) {
            throw new IOException("answered " + response.getCode() + " with " + type);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        PASSED_ON.forEach(passed -> header(response, passed).ifPresent(value -> headers.put(passed, value)));
        try (InputStream body = response.getEntity().getContent()) {
            return new ImportAnswer(
                    response.getCode(),
                    headers,
                    new ImportAnswer.Content(body.readNBytes(LONGEST_ANSWER)),
                    dialled(endpoint));
        }
    }

    private boolean isMeant(String name) {
        return (service.getHost() + ".").startsWith(name + ".");
    }

    private static String dialled(HttpHost endpoint) {
        return endpoint.getAddress() == null
                ? endpoint.toHostString()
                : endpoint.getAddress().getHostAddress() + ":" + endpoint.getPort();
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** Says why an endpoint did not take it, or throws if that settles the matter. */
    private static String decided(MeteredContent content, IOException e) {
        content.failure().ifPresent(failure -> {
            throw failure;
        });
        if (content.begun()) {
            throw new MarketDataException.UnknownOutcome(
                    "stock-service took the file and gave no answer that can be read (%s); it may have been written"
                            .formatted(e.getMessage()),
                    e instanceof SocketTimeoutException,
                    e);
        }
        return String.valueOf(e.getMessage());
    }
}
