package dev.tradingplatform.signal.market;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tradingplatform.signal.bar.Bars;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A stock-service in memory that pages, revalidates, and breaks on command. Listens on a free port of 127.0.0.1. */
public final class FakeStockService implements AutoCloseable {

    public static final String ENDPOINT = "10.0.1.102:80";

    private static final int UNREAD = 413;

    /** Everything a scripted answer can be. */
    public record Answer(int status, String type, String body) {}

    /** An import as it came. */
    public record Import(String uri, Map<String, String> headers, String body) {}

    private record Stored(Bars bars, long revision) {}

    private final HttpServer server;
    private final Map<String, Stored> stored = new ConcurrentHashMap<>();
    private final Map<String, Stored> adjusted = new ConcurrentHashMap<>();
    private final Map<String, String> splits = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> beforeEachPage = new AtomicReference<>(() -> {});
    private final List<Import> imports = new CopyOnWriteArrayList<>();
    private final List<String> timeouts = new CopyOnWriteArrayList<>();
    private final Map<Stored, String> onePage = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicReference<Function<Import, Answer>> importing =
            new AtomicReference<>(file -> json("{\"received\":2,\"inserted\":2}"));
    private final AtomicReference<Runnable> beforeEachAnswer = new AtomicReference<>(() -> {});
    private volatile int pageSize = 10_000;
    private volatile boolean cut;
    private volatile String name = "stock-service";
    private volatile Answer scripted = new Answer(0, "", "");

    public FakeStockService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stores bars of a day, the same for each adjustment. */
    public void store(String ticker, Bars bars, long revision) {
        store(ticker, "1d", bars, revision);
    }

    /** Stores bars, the same for each adjustment. */
    public void store(String ticker, String timeframe, Bars bars, long revision) {
        stored.put(ticker + " " + timeframe, new Stored(bars, revision));
    }

    /** Stores bars that only requests with that adjustment get. */
    public void storeAdjusted(String ticker, String adjustment, Bars bars, long revision) {
        adjusted.put(ticker + " 1d " + adjustment, new Stored(bars, revision));
    }

    /** Stores the splits of a ticker as JSON objects with commas between. */
    public void storeSplits(String ticker, String json) {
        splits.put(ticker, json);
    }

    public void pageSize(int bars) {
        pageSize = bars;
    }

    /** Closes every connection without an answer, as a dead replica does. */
    public void cutConnections(boolean on) {
        cut = on;
    }

    /** Says in every answer that it is another service. */
    public void answerAs(String service) {
        name = service;
    }

    /** Answers everything with this; status 0 ends it. */
    public void answerWith(int status, String type, String body) {
        scripted = new Answer(status, type, body);
    }

    public void beforeEachPage(Runnable action) {
        beforeEachPage.set(action);
    }

    /** May wait for something, so that an answer takes long. */
    public void beforeEachAnswer(Runnable action) {
        beforeEachAnswer.set(action);
    }

    /** Answers imports so, where no answer is scripted. */
    public void importWith(Function<Import, Answer> how) {
        importing.set(how);
    }

    public List<Import> imports() {
        return List.copyOf(imports);
    }

    /** Returns the timeout that each request named, in milliseconds. */
    public List<String> timeouts() {
        return List.copyOf(timeouts);
    }

    /** How many requests there ever were at once. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    /** One line a request: path, query, and the status it got. */
    public List<String> log() {
        return List.copyOf(log);
    }

    public void reset() {
        stored.clear();
        adjusted.clear();
        splits.clear();
        log.clear();
        imports.clear();
        timeouts.clear();
        mostUnderWay.set(0);
        beforeEachAnswer.set(() -> {});
        beforeEachPage.set(() -> {});
        pageSize = 10_000;
        cut = false;
        name = "stock-service";
        scripted = new Answer(0, "", "");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (cut) {
                log.add(exchange.getRequestURI() + " cut");
                return;
            }
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            beforeEachAnswer.get().run();
            timeouts.add(String.valueOf(exchange.getRequestHeaders().getFirst("Discovery-Timeout-Ms")));
            Answer answer = exchange.getRequestMethod().equals("POST")
                    ? take(exchange)
                    : scripted.status() > 0 ? scripted : route(exchange);
            underWay.decrementAndGet();
            log.add(exchange.getRequestURI() + " " + answer.status());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set(RespondingEndpoint.HEADER, ENDPOINT);
            exchange.getResponseHeaders().set("Discovery-Service", name);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            if (answer.status() == UNREAD) {
                exchange.getResponseBody().flush();
                // To hang up on somebody who still sends would take the answer back
                exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private Answer take(HttpExchange exchange) throws IOException {
        Answer answer = scripted;
        if (answer.status() == UNREAD) {
            return answer;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
        Import taken = new Import(exchange.getRequestURI().toString(), headers, body);
        imports.add(taken);
        return answer.status() > 0 ? answer : importing.get().apply(taken);
    }

    private Answer route(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        if (path.equals("/api/v1/tickers")) {
            return json(tickers());
        }
        if (path.endsWith("/splits")) {
            String ticker = ticker(path.substring(0, path.length() - "/splits".length()));
            return json("{\"data\":[" + splits.getOrDefault(ticker, "") + "]}");
        }
        String key = key(exchange.getRequestURI());
        Stored found = found(key);
        if (found == null) {
            return new Answer(
                    404, "application/problem+json", "{\"type\":\"urn:problem:ticker-not-found\",\"status\":404}");
        }
        String etag = "\"" + found.revision() + "-all\"";
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            return new Answer(304, "application/json", "");
        }
        beforeEachPage.get().run();
        Stored now = Objects.requireNonNull(found(key));
        int from = cursor(exchange.getRequestURI());
        return json(
                from == 0 && now.bars().size() <= pageSize
                        ? onePage.computeIfAbsent(now, stored -> page(path, stored, 0))
                        : page(path, now, from));
    }

    private @Nullable Stored found(String key) {
        return adjusted.getOrDefault(key, stored.get(key.substring(0, key.lastIndexOf(' '))));
    }

    /** Returns ticker, timeframe and adjustment, with those of stock-service if the query names none. */
    private static String key(URI uri) {
        String query = "&" + uri.getRawQuery() + "&";
        return ticker(uri.getRawPath()) + " " + parameter(query, "timeframe", "1d") + " "
                + parameter(query, "adjustment", "raw");
    }

    private static String parameter(String query, String name, String absent) {
        int begin = query.indexOf("&" + name + "=");
        return begin < 0 ? absent : query.substring(begin + name.length() + 2, query.indexOf('&', begin + 1));
    }

    private static String ticker(String path) {
        return URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
    }

    private static int cursor(URI uri) {
        String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
        // %3D checks that a next link is sent as it is, not encoded a second time
        return query.contains("cursor=at%3D") ? Integer.parseInt(query.replaceAll(".*cursor=at%3D", "")) : 0;
    }

    private String page(String path, Stored stored, int from) {
        int to = Math.min(stored.bars().size(), from + pageSize);
        String next = to < stored.bars().size() ? "\"" + path + "?limit=10000&cursor=at%3D" + to + "\"" : "null";
        return IntStream.range(from, to)
                .mapToObj(i -> bar(stored.bars(), i))
                .collect(Collectors.joining(
                        ",",
                        "{\"ticker\":\"T\",\"timeframe\":\"1d\",\"adjustment\":\"raw\",\"revision\":"
                                + stored.revision() + ",\"count\":" + (to - from) + ",\"data\":[",
                        "],\"next\":" + next + "}"));
    }

    private static String bar(Bars bars, int i) {
        return "{\"timestamp\":\"%s\",\"open\":%s,\"high\":%s,\"low\":%s,\"close\":%s,\"volume\":%s,\"version\":1}"
                .formatted(
                        bars.timestamp(i),
                        bars.open()[i],
                        bars.high()[i],
                        bars.low()[i],
                        bars.close()[i],
                        bars.volume()[i]);
    }

    private String tickers() {
        return stored.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> summary(entry.getKey().split(" "), entry.getValue()))
                .collect(Collectors.joining(",", "{\"count\":" + stored.size() + ",\"data\":[", "],\"next\":null}"));
    }

    private static String summary(String[] key, Stored stored) {
        int last = stored.bars().size() - 1;
        return "{\"ticker\":\"%s\",\"timeframe\":\"%s\",\"count\":%d,\"first\":\"%s\",\"last\":\"%s\",\"lastClose\":%s,\"revision\":%d}"
                .formatted(
                        key[0],
                        key[1],
                        last + 1,
                        stored.bars().timestamp(0),
                        stored.bars().timestamp(last),
                        stored.bars().close()[last],
                        stored.revision());
    }

    private static Answer json(String body) {
        return new Answer(200, "application/json", body);
    }
}
