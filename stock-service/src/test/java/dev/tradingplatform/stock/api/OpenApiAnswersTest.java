package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.RawClient;
import dev.tradingplatform.stock.testing.StockServer;
import dev.tradingplatform.stock.testing.Tokens;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.Assert;

/**
 * Holds real answers, every operation with every status there is, against the OpenAPI document: schemas, types and
 * headers, in both directions.
 */
class OpenApiAnswersTest {

    private static final String BARS = "GET /api/v1/data/{ticker}";
    private static final String IMPORT = "POST /api/v1/data/{ticker}";
    private static final String DELETE_BARS = "DELETE /api/v1/data/{ticker}";
    private static final String PUT_BAR = "PUT /api/v1/data/{ticker}/{timestamp}";
    private static final String DELETE_BAR = "DELETE /api/v1/data/{ticker}/{timestamp}";
    private static final String PUT_SPLITS = "PUT /api/v1/data/{ticker}/splits";
    private static final String MANY = "GET /api/v1/data";
    private static final String IMPORT_MANY = "POST /api/v1/data";
    private static final String DELETE_TICKER = "DELETE /api/v1/tickers/{ticker}";
    private static final String ARCHIVE = "GET /api/v1/archive";
    private static final String RESTORE = "POST /api/v1/archive";
    private static final String PUT_DIVIDENDS = "PUT /api/v1/data/{ticker}/dividends";
    private static final String CHANGES = "GET /api/v1/changes";
    private static final String TICKERS = "GET /api/v1/tickers";

    private static final String FOREIGN_HOST = " HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n";
    private static final String SECRET = "a secret that is long enough for HS256";

    /** Browsers and HTTP clients set these themselves. */
    private static final Set<String> SET_BY_CLIENTS = Set.of("Expect", "Host", "Origin", "Sec-Fetch-Site");

    private static final String CSV = "text/csv";
    private static final String JSON = "application/json";
    private static final String HEADER = "ticker,timestamp,open,high,low,close,volume\n";
    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";
    private static final String NDJSON = "application/x-ndjson";
    private static final String DIVIDENDS = "[{\"timestamp\":\"2024-01-03\",\"amount\":0.5}]";
    private static final String SPLITS = "[{\"timestamp\":\"2024-01-03\",\"numerator\":2,\"denominator\":1}]";
    private static final String EXTREME_SPLITS =
            "[{\"timestamp\":\"2024-01-03\",\"numerator\":1,\"denominator\":1000000},"
                    + "{\"timestamp\":\"2024-01-04\",\"numerator\":1,\"denominator\":1000000},"
                    + "{\"timestamp\":\"2024-01-05\",\"numerator\":1,\"denominator\":1000000}]";
    private static final int LARGE = 21_000;

    /** A disk that is full is tried by DiskFullTest. */
    private static final Set<String> TRIED_ELSEWHERE = Set.of(
            PUT_BAR + " 507",
            DELETE_BAR + " 507",
            PUT_SPLITS + " 507",
            DELETE_BARS + " 507",
            DELETE_TICKER + " 507",
            PUT_DIVIDENDS + " 507",
            RESTORE + " 200",
            RESTORE + " 507");

    @TempDir
    private Path directory;

    private @Nullable Contract contract;
    private @Nullable StockServer server;

    @Test
    void describeWhatIsServedAndNothingElse() {
        try (StockServer main = start("--stock.import.max-size=5MB", "--stock.import.max-archive-size=5MB")) {
            contract = new Contract(main.calls().get("/api/v1/openapi.json").body());
            given(main);
            reads();
            writes();
            refusedBodies();
            refusedByAll();
            assertThat(headersAsked(main)).isEqualTo(headersDocumented());
        }
        withoutToken();
        whileTooManyRequestsAreInProgress();
        tooLate();
        withoutRoom();

        assertThat(contract().faults()).isEmpty();
        assertThat(contract().headersNeverSeen()).isEmpty();
        Set<String> seen = new TreeSet<>(contract().seen());
        seen.addAll(TRIED_ELSEWHERE);
        assertThat(seen).isEqualTo(contract().promised());
    }

    private void given(StockServer main) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (String ticker : List.of("TICKER_1", "TICKER_2")) {
            IntStream.rangeClosed(1, 9)
                    .forEach(day -> csv.append("%s,2024-01-0%d,1,2,1,2,3.5\n".formatted(ticker, day)));
        }
        assertThat(main.calls().post("/api/v1/data", CSV, csv.toString()).status())
                .isEqualTo(200);
    }

    private void reads() {
        for (String operation : contract().operations()) {
            if (operation.startsWith("GET")) {
                String query = operation.equals(MANY) ? "?tickers=TICKER_1,NONE" : "";
                String tag = call(operation, query, "").header("ETag");
                call(operation, query, "", "If-None-Match", tag);
                call(operation, query, "", "If-Match", "\"other\"");
            }
        }
        for (String type : List.of(CSV, "application/x-ndjson")) {
            call(BARS, "?limit=2", "", "Accept", type);
            call(MANY, "?tickers=TICKER_1,NONE&adjustment=split", "", "Accept", type);
        }
        call(BARS, "?limit=2", "", "Accept", "image/png");
        call(MANY, "?tickers=TICKER_1", "", "Accept", "image/png");
        call(BARS, "?limit=2&sort=desc&adjustment=split", "");
        call(BARS, "?from=2030-01-01", "");
        call(TICKERS, "?limit=1", "");
        call(CHANGES, "?after=999999", "");
        elsewhere(PUT_SPLITS, "TICKER_2", EXTREME_SPLITS, "Content-Type", JSON);
        elsewhere(BARS.concat("?adjustment=split"), "TICKER_2", "");
        call(MANY, "?tickers=TICKER_2&adjustment=split", "");
        Stream.of(BARS, BARS + "/latest", BARS + "/splits", BARS + "/dividends", BARS + "/{timestamp}")
                .forEach(operation -> elsewhere(operation, "NONE", ""));
    }

    private void writes() {
        elsewhere(PUT_BAR, "NEW", BAR, "Content-Type", JSON);
        elsewhere(PUT_BAR, "NEW", BAR, "Content-Type", JSON, "If-Match", "*");
        elsewhere(PUT_BAR, "NEW", BAR, "Content-Type", JSON, "If-None-Match", "*");
        elsewhere(DELETE_BAR, "NEW", "", "If-Match", "\"0\"");
        elsewhere(DELETE_BAR, "NEW", "");
        elsewhere(DELETE_BAR, "NEW", "");
        elsewhere(PUT_SPLITS, "NEW", SPLITS, "Content-Type", JSON);
        elsewhere(PUT_SPLITS, "NEW", SPLITS, "Content-Type", JSON, "If-Match", "\"0\"");
        elsewhere(BARS + "/splits", "NEW", "");
        elsewhere(PUT_SPLITS, "NEW", "[]", "Content-Type", JSON);
        elsewhere(PUT_DIVIDENDS, "PAYING", DIVIDENDS, "Content-Type", JSON);
        elsewhere(PUT_DIVIDENDS, "PAYING", DIVIDENDS, "Content-Type", JSON);
        elsewhere(PUT_DIVIDENDS, "PAYING", DIVIDENDS, "Content-Type", JSON, "If-Match", "\"0\"");
        elsewhere(BARS + "/dividends", "PAYING", "");
        call(RESTORE, "", call(ARCHIVE, "", "").body(), "Content-Type", NDJSON);
        String one = "timestamp,open,high,low,close,volume,Adj Close\n2024-01-02,1,2,1,2,3,4\n2024-01-03,9,2,1,2,3,4\n";
        call(IMPORT, "?onError=skip&dryRun=true", one, "Content-Type", CSV);
        call(IMPORT, "?onError=skip", one, "Content-Type", CSV);
        call(IMPORT, "?onError=skip&mode=insert", one, "Content-Type", CSV);
        call(IMPORT_MANY, "", HEADER + "TICKER_1,2024-01-02,1,2,1,2,3\n", "Content-Type", CSV);
        for (String operation : List.of(IMPORT, IMPORT_MANY)) {
            call(operation, "", HEADER + "TICKER_1,2024-01-02,1,2,1,2,3\n", "Content-Type", CSV, "If-None-Match", "*");
        }
        call(IMPORT, "?mode=insert", HEADER + "TICKER_1,2024-01-02,1,2,1,2,3\n", "Content-Type", CSV);
        call(IMPORT_MANY, "?mode=insert", HEADER + "TICKER_1,2024-01-02,1,2,1,2,3\n", "Content-Type", CSV);
        elsewhere(DELETE_BARS.concat("?from=2024-01-02&to=2024-01-03"), "TICKER_2", "");
        elsewhere(DELETE_BARS.concat("?all=true"), "TICKER_2", "", "If-Match", "\"0\"");
        elsewhere(DELETE_BARS.concat("?all=true"), "NONE", "");
        elsewhere(DELETE_TICKER, "TICKER_2", "");
        elsewhere(DELETE_TICKER, "NONE", "");
    }

    private void refusedBodies() {
        call(RESTORE, "", " ".repeat(5_300_000), "Content-Type", NDJSON);
        call(RESTORE, "", "{}", "Content-Type", NDJSON);
        for (String operation : withBody()) {
            call(operation, "", " ".repeat(5_300_000), "Content-Type", JSON);
            call(operation, "", "<bar/>", "Content-Type", "application/xml");
            call(operation, "", "[{\"open\":\"1e400\",\"nonsense\":1}]", "Content-Type", JSON);
            call(operation, "", "{", "Content-Type", JSON);
            call(operation, "", "a,b\n1,2\n", "Content-Type", CSV);
        }
    }

    private void refusedByAll() {
        for (String operation : contract().operations()) {
            call(operation, "?nonsense=1", "[]", "Content-Type", JSON);
            if (writeOperations().contains(operation)) {
                call(operation, "", "[]", "Content-Type", JSON, "Origin", "https://evil.test");
            }
            try (RawClient client = new RawClient(port())) {
                client.send(filled(operation, "TICKER_1") + FOREIGN_HOST);
                contract().check(operation, Contract.Reply.parse(client.reply()));
            }
            try (RawClient client = new RawClient(port())) {
                client.send(
                        filled(operation, "TICKER_1") + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Large: "
                                + "a".repeat(9000) + "\r\n\r\n");
                contract().check(operation, Contract.Reply.parse(client.reply()));
            }
        }
    }

    private int port() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running.port();
    }

    private void withoutToken() {
        String token = Tokens.scoped(SECRET, "quotes.read");
        try (StockServer _ = start("--stock.auth.secret=" + SECRET, "--stock.auth.scope=quotes.write")) {
            writeOperations().forEach(operation -> {
                call(operation, "", "[]", "Content-Type", JSON);
                call(operation, "", "[]", "Content-Type", JSON, "Authorization", token);
            });
        }
    }

    private void whileTooManyRequestsAreInProgress() {
        try (StockServer _ = start("--stock.limits.max-requests=0")) {
            contract().operations().forEach(operation -> call(operation, "", "[]", "Content-Type", JSON));
        }
    }

    private void tooLate() {
        try (StockServer late = start("--server.tomcat.connection-timeout=3s")) {
            Map<String, RawClient> clients = new TreeMap<>();
            contract().operations().forEach(operation -> {
                RawClient client = new RawClient(late.port());
                clients.put(
                        operation,
                        client.send(filled(operation, "TICKER_1") + " HTTP/1.1\r\nHost: localhost\r\nX-Half"));
            });
            clients.forEach((operation, client) -> {
                try (client) {
                    contract().check(operation, Contract.Reply.parse(client.reply()));
                }
            });
        }
    }

    private void withoutRoom() {
        String many = IntStream.range(0, 12)
                .mapToObj(i -> minutes("MANY" + i, 1000).substring(HEADER.length()))
                .collect(Collectors.joining());
        try (StockServer roomy = start()) {
            roomy.calls().post("/api/v1/data?timeframe=1m", CSV, HEADER + many);
            roomy.calls().post("/api/v1/data/LARGE?timeframe=1m", CSV, minutes("LARGE", LARGE));
        }
        try (StockServer _ = start("--stock.spool.directory=/dev/null/none")) {
            call(IMPORT, "?timeframe=1m", minutes("TICKER_1", LARGE), "Content-Type", CSV);
            call(IMPORT_MANY, "?timeframe=1m", minutes("TICKER_1", LARGE), "Content-Type", CSV);
            call(ARCHIVE, "", "");
            elsewhere(BARS.concat("?timeframe=1m&format=csv&limit=100000"), "LARGE", "");
            String tickers = IntStream.range(0, 12).mapToObj(i -> "MANY" + i).collect(Collectors.joining(","));
            call(MANY, "?timeframe=1m&last=1000&tickers=" + tickers, "");
        }
    }

    private Map<String, Set<String>> headersAsked(StockServer main) {
        HeaderRecorder recorder = main.part("headerRecorder", HeaderRecorder.class);
        Map<String, Set<String>> asked = new TreeMap<>();
        contract().operations().forEach(operation -> {
            Set<String> names = new TreeSet<>(recorder.asked(operation));
            names.removeAll(SET_BY_CLIENTS);
            asked.put(operation, names);
        });
        return asked;
    }

    /** Accept and Content-Type are documented by the types of bodies (OpenAPI 3.1 §4.8.12.2). */
    private Map<String, Set<String>> headersDocumented() {
        Map<String, Set<String>> documented = new TreeMap<>();
        contract().operations().forEach(operation -> {
            Set<String> names = contract().headerParameters(operation);
            if (contract().operation(operation).at("/responses/200/content").size() > 1) {
                names.add("Accept");
            }
            if (contract().operation(operation).has("requestBody")) {
                names.add("Content-Type");
            }
            documented.put(operation, names);
        });
        return documented;
    }

    private List<String> withBody() {
        return contract().operations().stream()
                .filter(operation -> contract().operation(operation).has("requestBody"))
                .toList();
    }

    private List<String> writeOperations() {
        return contract().operations().stream()
                .filter(operation -> !operation.startsWith("GET"))
                .toList();
    }

    private StockServer start(String... settings) {
        StockServer started = StockServer.with(HeaderRecorder.class, directory.resolve("stock.db"), settings);
        server = started;
        return started;
    }

    private Answer call(String operation, String query, String body, String... headers) {
        return elsewhere(operation + query, "TICKER_1", body, headers);
    }

    private Answer elsewhere(String call, String ticker, String body, String... headers) {
        StockServer running = server;
        Assert.state(running != null, "not started");
        int query = call.indexOf('?');
        String operation = query < 0 ? call : call.substring(0, query);
        String address = filled(call, ticker);
        int space = address.indexOf(' ');
        String[] all = Stream.concat(Arrays.stream(headers), Stream.of(HeaderRecorder.OPERATION, operation))
                .toArray(String[]::new);
        Answer answer = running.calls().call(address.substring(0, space), address.substring(space + 1), body, all);
        Map<String, String> given = new TreeMap<>();
        answer.response().headers().map().forEach((name, values) -> given.put(name, values.getFirst()));
        contract().check(operation, new Contract.Reply(answer.status(), given, answer.body()));
        return answer;
    }

    private static String filled(String operation, String ticker) {
        return operation.replace("{ticker}", ticker).replace("{timestamp}", "2024-01-02");
    }

    private static String minutes(String ticker, int rows) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < rows; i++) {
            csv.append(ticker)
                    .append(',')
                    .append(Instant.ofEpochSecond(1_600_000_020L + 60L * i))
                    .append(",1.25,2.5,1.125,2.25,1000\n");
        }
        return csv.toString();
    }

    private Contract contract() {
        Contract current = contract;
        Assert.state(current != null, "not read");
        return current;
    }
}
