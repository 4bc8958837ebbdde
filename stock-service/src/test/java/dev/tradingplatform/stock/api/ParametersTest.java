package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.RawClient;
import dev.tradingplatform.stock.testing.StockServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/** The binding of path variables and query parameters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ParametersTest {

    private static final String CSV = "timestamp,open,high,low,close,volume\n2024-01-02,1,2,1,2,3\n";
    private static final String FORM = "application/x-www-form-urlencoded";

    private @Nullable StockServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = StockServer.on(directory.resolve("stock.db"));
        server.calls().post("/api/v1/data/A", "text/csv", CSV);
    }

    @AfterAll
    void stop() {
        running().close();
    }

    /** RFC 3986; a form would read a space. */
    @Test
    void readsAPlusInAQueryAsAPlus() {
        try (RawClient client = new RawClient(running().port())) {
            String answer = client.send("GET /api/v1/data/A?from=2024-01-02T01:00:00+01:00&to=2024-01-02T01:00:00+01:00"
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer();

            assertThat(answer).startsWith("HTTP/1.1 200").contains("\"count\":1");
        }
    }

    @Test
    void reportsContradictionsBesideValuesThatCannotBeConverted() {
        Answer answer =
                get("?sort=up&limit=x&last=2&cursor=%25&from=2024-02-01&to=2024-01-01&form=1&numbers=a&numbers=b");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(faults(answer))
                .containsExactlyInAnyOrder(
                        "sort unknown-value",
                        "limit out-of-range",
                        "cursor not-a-cursor",
                        "from contradiction",
                        "last contradiction",
                        "numbers repeated",
                        "numbers unknown-value",
                        "form unknown-parameter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | limit: 0 (expected: an integer from 1 to 10000)",
                "limit=x | limit: x (expected: an integer from 1 to 10000)",
                "limit=10001 | limit: 10001 (expected: an integer from 1 to 10000)",
                "limit=9999999999 | limit: 9999999999 (expected: an integer from 1 to 10000)",
                "limit=0x10 | limit: 0x10 (expected: an integer from 1 to 10000)",
                "limit= | limit:  (expected: an integer from 1 to 10000)",
                "format=csv&limit=0 | limit: 0 (expected: an integer from 1 to 1000000)",
                "format=csv&limit=1000001 | limit: 1000001 (expected: an integer from 1 to 1000000)",
                "last=10001 | last: 10001 (expected: an integer from 1 to 10000)",
                "sort=ASC | sort: ASC (expected: asc or desc)",
                "sort= | sort:  (expected: asc or desc)",
                "timeframe=DAY | timeframe: DAY (expected: one of 1m, 5m, 15m, 30m, 1h, 4h, 1d, 1w, 1mo)",
                "last=1&last=2 | last: 1, 2 (expected: once)",
                "ticker=B | ticker: B (expected: timeframe, from, to, adjustment, format, numbers, last, limit, sort, cursor)"
            })
    void namesTheValueAndWhatIsExpected(String query, String message) {
        Answer answer = get("?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors")
                        .valueStream()
                        .map(error -> error.get("message").asString()))
                .contains(message);
    }

    @Test
    void refusesAPercentSignThatIsNotFollowedByTwoDigits() {
        try (RawClient client = new RawClient(running().port())) {
            String answer = client.send(
                            "GET /api/v1/data/A?zone=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer();

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("query: %zz (expected: percent-encoded UTF-8)", "\"unknown-parameter\"");
        }
    }

    /** The header From is one of RFC 9110, and no parameter. */
    @Test
    void readsNoParameterFromAHeader() {
        Answer answer = running().calls().get("/api/v1/data/A", "From", "monday", "Sort", "up");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void readsNoParameterFromABody() {
        Answer answer = running().calls().post("/api/v1/data/BODY", FORM, CSV + "&dryRun=true&mode=bogus");

        assertThat(answer.text("/errors/0/field")).isNotIn("mode", "dryRun");
        assertThat(answer.at("/dryRun").asBoolean()).isFalse();
    }

    /** Tomcat would read a body with curl's default content type as parameters. */
    @Test
    void leavesTheBodyOfAFormToTheImportIfAFilterReadsParameters(@TempDir Path directory) {
        try (StockServer filtered = StockServer.with(ParameterReader.class, directory.resolve("stock.db"))) {
            Answer answer = filtered.calls().post("/api/v1/data/A", FORM, CSV);

            assertThat(answer.at("/inserted").asInt()).as(answer.body()).isEqualTo(1);
        }
    }

    private Answer get(String query) {
        return running().calls().get("/api/v1/data/A" + query);
    }

    private static List<String> faults(Answer answer) {
        return answer.at("/errors")
                .valueStream()
                .map(error ->
                        error.get("field").asString() + " " + error.get("code").asString())
                .toList();
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }

    /** Reads a parameter of each request, as filters of libraries do. */
    static class ParameterReader extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            request.getParameter("access_token");
            chain.doFilter(request, response);
        }
    }
}
