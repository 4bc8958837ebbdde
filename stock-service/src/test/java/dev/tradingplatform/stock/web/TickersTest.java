package dev.tradingplatform.stock.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickersTest extends ApiServer {

    @Test
    void doesNotKnowTickersWithoutBars() {
        Answer answer = api().get("/api/v1/data/NOBODY");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/type")).isEqualTo("urn:problem:ticker-not-found");
        assertThat(answer.header("X-Served-By")).isEqualTo("test");
    }

    @Test
    void returnsSeveralTickersAndNamesTheMissing() {
        givenDays("M1", 3);
        givenDays("M2", 2);

        Answer answer = api().get("/api/v1/data?tickers=M1,M2,NOBODY&last=1");

        assertThat(answer.text("/data/M1/0/timestamp")).isEqualTo("2024-01-03T00:00:00Z");
        assertThat(answer.at("/data/M2").size()).isEqualTo(1);
        assertThat(answer.at("/missing").toString()).isEqualTo("[\"NOBODY\"]");
        assertThat(api().get("/api/v1/data?tickers=M1,M2&last=1&format=csv").body())
                .isEqualTo("ticker," + HEADER + "M1,2024-01-03T00:00:00Z,3,3,3,3,300\n"
                        + "M2,2024-01-02T00:00:00Z,2,2,2,2,200\n");
        assertThat(api().get("/api/v1/data").status()).isEqualTo(400);
    }

    @Test
    void listsTickersPageByPage() {
        IntStream.rangeClosed(1, 3).forEach(i -> givenDays("LIST_" + i, i));

        Answer first = api().get("/api/v1/tickers?prefix=list_&limit=2");
        Answer second = api().get(first.text("/next"));

        assertThat(first.at("/data/0").toString())
                .isEqualTo("{\"ticker\":\"LIST_1\",\"timeframe\":\"1d\",\"count\":1,\"first\":\"2024-01-01T00:00:00Z\","
                        + "\"last\":\"2024-01-01T00:00:00Z\",\"lastClose\":1,\"revision\":1}");
        assertThat(second.text("/data/0/ticker")).isEqualTo("LIST_3");
        assertThat(second.at("/next").isNull()).isTrue();
        assertThat(api().get("/api/v1/tickers?prefix=list_&limit=2", "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(api().get("/api/v1/tickers?prefx=A").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"prefix=%00", "prefix=A%25", "cursor=AC8xZA", "cursor=QS8yZA", "cursor=QQ", "cursor=%25"})
    void refusesWhatNoTickerBeginsWith(String query) {
        Answer answer = api().get("/api/v1/tickers?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(query.substring(0, 6));
    }

    @Test
    void refusesTheCursorOfAnotherPrefix() {
        IntStream.rangeClosed(1, 2).forEach(i -> givenDays("FILTER_" + i, i));
        String next = api().get("/api/v1/tickers?prefix=filter_&limit=1").text("/next");

        Answer other = api().get(next.replace("prefix=filter_", "prefix=f"));

        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text("/errors/0/code")).isEqualTo("other-query");
        assertThat(api().get(next).text("/data/0/ticker")).isEqualTo("FILTER_2");
    }

    @Test
    void namesEveryTickerThatIsNone() {
        Answer answer = api().get("/api/v1/data?tickers==A,OK,=B&form=1");

        assertThat(answer.at("/errors").size()).isEqualTo(3);
    }

    /** Every import brings both tickers the same price, and so must every answer. */
    @Test
    void showsAllTickersAsTheyWereAtOneMoment() {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> {
                for (int price = 1; !done.get(); price++) {
                    String bar = ",2024-01-02,%1$d,%1$d,%1$d,%1$d,1\n".formatted(price);
                    api().post("/api/v1/data", CSV, "ticker," + HEADER + "PAIR_A" + bar + "PAIR_B" + bar);
                }
            });
            List<String> torn = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                Answer answer = api().get("/api/v1/data?tickers=PAIR_A,PAIR_B&last=1");
                if (!answer.at("/data/PAIR_A").equals(answer.at("/data/PAIR_B"))) {
                    torn.add(answer.body());
                }
            }
            done.set(true);
            assertThat(torn).isEmpty();
        }
    }
}
