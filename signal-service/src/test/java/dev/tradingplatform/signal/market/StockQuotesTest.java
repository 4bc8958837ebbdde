package dev.tradingplatform.signal.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.RestClient;

class StockQuotesTest {

    private static final SeriesKey SPY = daily("SPY");

    private final FakeStockService fake = new FakeStockService();
    private final ManualClock clock = new ManualClock();
    private final Bars bars = SampleBars.randomWalk(1, 25);
    private final StockQuotes quotes = quotes(1_000);

    private static SeriesKey daily(String ticker) {
        return new SeriesKey(new Ticker(ticker), Timeframe.DAY, Adjustment.SPLIT);
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private StockQuotes quotes(long keptBars) {
        RestClient client = RestClient.create(fake.url().toString());
        return new StockQuotes(
                new StockService(new StockServiceHttp(client), clock), keptBars, Duration.ofSeconds(3), clock);
    }

    @Test
    void saysWhichReplicaGaveTheBarsAndWhen() {
        fake.store("SPY", bars, 17);

        SourcedBars sourced = quotes.bars(SPY);

        assertThat(sourced.bars().close()).isEqualTo(bars.close());
        assertThat(sourced.bars().timestamp(24)).isEqualTo(bars.timestamp(24));
        assertThat(sourced.source()).isEqualTo(new Source(FakeStockService.ENDPOINT, 17, clock.instant(), false, 0));
    }

    @Test
    void followsThePagesToTheEnd() {
        fake.store("SPY", bars, 17);
        fake.pageSize(10);

        assertThat(quotes.bars(SPY).bars().close()).isEqualTo(bars.close());
        assertThat(fake.log())
                .containsExactly(
                        "/api/v1/data/SPY?timeframe=1d&adjustment=split&limit=10000 200",
                        "/api/v1/data/SPY?limit=10000&cursor=at%3D10 200",
                        "/api/v1/data/SPY?limit=10000&cursor=at%3D20 200");
    }

    @Test
    void beginsAgainWhenTheRevisionMovesBetweenPages() {
        fake.store("SPY", bars, 17);
        fake.pageSize(10);
        Bars changed = SampleBars.randomWalk(2, 25);
        fake.beforeEachPage(() -> {
            if (fake.log().size() == 1) {
                fake.store("SPY", changed, 18);
            }
        });

        SourcedBars sourced = quotes.bars(SPY);

        assertThat(sourced.bars().close()).isEqualTo(changed.close());
        assertThat(sourced.source().revision()).isEqualTo(18);
    }

    @Test
    void givesUpOnBarsThatNeverStandStill() {
        fake.pageSize(10);
        long[] revision = {0};
        fake.store("SPY", bars, 0);
        fake.beforeEachPage(() -> fake.store("SPY", bars, ++revision[0]));

        assertThatThrownBy(() -> quotes.bars(SPY))
                .isInstanceOf(MarketDataException.NoEndpoint.class)
                .hasMessage("the bars of SPY changed while they were read, 3 times");
    }

    @Test
    void asksWhetherTheBarsHaveChangedAndKeepsThemWhenNot() {
        fake.store("SPY", bars, 17);
        quotes.bars(SPY);
        clock.advance(Duration.ofMinutes(1));

        SourcedBars sourced = quotes.bars(SPY);

        assertThat(fake.log())
                .containsExactly(
                        "/api/v1/data/SPY?timeframe=1d&adjustment=split&limit=10000 200",
                        "/api/v1/data/SPY?timeframe=1d&adjustment=split&limit=10000 304");
        assertThat(sourced.bars().close()).isEqualTo(bars.close());
        assertThat(sourced.source()).isEqualTo(new Source(FakeStockService.ENDPOINT, 17, clock.instant(), false, 0));
    }

    @Test
    void servesTheLastCopyMarkedStaleWithItsAgeWhenNoReplicaAnswers() {
        fake.store("SPY", bars, 17);
        Source before = quotes.bars(SPY).source();
        fake.cutConnections(true);
        clock.advance(Duration.ofSeconds(90));

        SourcedBars sourced = quotes.bars(SPY);

        assertThat(sourced.bars().close()).isEqualTo(bars.close());
        assertThat(sourced.source()).isEqualTo(new Source(FakeStockService.ENDPOINT, 17, before.dataAsOf(), true, 90));
    }

    @Test
    void isFreshAgainWhenAReplicaIsBack() {
        fake.store("SPY", bars, 17);
        quotes.bars(SPY);
        fake.cutConnections(true);
        quotes.bars(SPY);
        fake.cutConnections(false);

        assertThat(quotes.bars(SPY).source().stale()).isFalse();
    }

    @Test
    void withoutACopyNoReplicaIsAFailure() {
        fake.cutConnections(true);

        assertThatThrownBy(() -> quotes.bars(SPY))
                .isInstanceOf(MarketDataException.NoEndpoint.class)
                .hasMessage("no stock-service replica answers");
    }

    @Test
    void unknownTickerIsNotServedFromACopy() {
        fake.store("SPY", bars, 17);
        quotes.bars(SPY);
        fake.reset();

        assertThatThrownBy(() -> quotes.bars(SPY)).isInstanceOf(MarketDataException.UnknownTicker.class);
        fake.cutConnections(true);
        assertThatThrownBy(() -> quotes.bars(SPY)).isInstanceOf(MarketDataException.NoEndpoint.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | application/problem+json | {}        | NoEndpoint",
                "429 | application/problem+json | {}        | NoEndpoint",
                "504 | application/problem+json | {}        | DeadlineExceeded",
                "500 | application/problem+json | {}        | UnreadableAnswer",
                "404 | text/html                | not here  | UnreadableAnswer",
                "400 | application/problem+json | {}        | UnreadableAnswer",
                "200 | text/html                | <p>Hello  | UnreadableAnswer",
                "200 | application/json         | {         | UnreadableAnswer",
                "200 | application/json         | {}        | UnreadableAnswer",
                "200 | application/json         | []        | UnreadableAnswer",
                "200 | application/json         | ''        | UnreadableAnswer",
            })
    void tellsFailuresApart(int status, String type, String body, String expected) {
        fake.answerWith(status, type, body);

        assertThatThrownBy(() -> quotes.bars(SPY))
                .isInstanceOf(MarketDataException.class)
                .extracting(failure -> failure.getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'timestamp':'2024-01-02T00:00:00Z','open':1,'high':1,'low':1,'close':1e400,'volume':1}",
                "{'timestamp':'2024-01-02T00:00:00Z','open':1,'high':1,'low':1,'volume':1}",
                "{'timestamp':'2024-01-02T00:00:00Z','open':1,'high':1,'low':2,'close':1,'volume':1}",
                "{'timestamp':'2024-01-02T00:00:00Z','open':1,'high':1,'low':1,'close':1,'volume':-1}",
                "{'timestamp':'yesterday','open':1,'high':1,'low':1,'close':1,'volume':1}",
                "{'open':1,'high':1,'low':1,'close':1,'volume':1}",
                "{'timestamp':'2024-01-02T00:00:00Z','open':1,'high':1,'low':1,'close':1,'volume':1},"
                        + "{'timestamp':'2024-01-02T00:00:00Z','open':1,'high':1,'low':1,'close':1,'volume':1}"
            })
    void refusesBarsThatCannotBe(String bar) {
        String body = "{'revision':1,'data':[" + bar + "],'next':null}";
        fake.answerWith(200, "application/json", body.replace('\'', '"'));

        assertThatThrownBy(() -> quotes.bars(SPY)).isInstanceOf(MarketDataException.UnreadableAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ticker':'=1+1','timeframe':'1d','count':0,'revision':1}",
                "{'ticker':null,'timeframe':'1d','count':0,'revision':1}",
                "{'ticker':'A','timeframe':null,'count':0,'revision':1}",
                "{'ticker':'A','count':0,'revision':1}"
            })
    void refusesTickersThatCannotBe(String row) {
        fake.answerWith(200, "application/json", ("{'data':[" + row + "],'next':null}").replace('\'', '"'));

        assertThatThrownBy(quotes::tickers).isInstanceOf(MarketDataException.UnreadableAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest", "//elsewhere/api/v1/", "elsewhere", "/api/v1/a b"})
    void followsNoLinkToAnotherPlace(String next) {
        fake.answerWith(200, "application/json", "{\"revision\":1,\"data\":[],\"next\":\"" + next + "\"}");

        assertThatThrownBy(() -> quotes.bars(SPY))
                .isInstanceOf(MarketDataException.UnreadableAnswer.class)
                .hasMessage("stock-service named \"" + next + "\" as its next page");
    }

    @Test
    void keepsOnlySoManyBarsAndLetsGoOfTheOldest() {
        // room for two copies of 25 bars
        StockQuotes small = quotes(100);
        for (String ticker : new String[] {"A", "B", "C"}) {
            fake.store(ticker, bars, 1);
        }
        small.bars(daily("A"));
        small.bars(daily("B"));
        small.bars(daily("A"));
        small.bars(daily("C"));
        fake.cutConnections(true);

        assertThat(small.bars(daily("A")).source().stale()).isTrue();
        assertThat(small.bars(daily("C")).source().stale()).isTrue();
        assertThatThrownBy(() -> small.bars(daily("B"))).isInstanceOf(MarketDataException.NoEndpoint.class);
    }

    @Test
    void listsTickersAndKeepsTheListForWhenNoReplicaAnswers() {
        fake.store("SPY", bars, 17);

        TickerList fresh = quotes.tickers();
        fake.cutConnections(true);
        clock.advance(Duration.ofSeconds(7));
        TickerList stale = quotes.tickers();

        assertThat(fresh.tickers()).extracting(TickerSummary::ticker).containsExactly("SPY");
        assertThat(fresh.tickers().getFirst().lastClose()).isEqualTo(bars.close()[24]);
        assertThat(fresh.source().stale()).isFalse();
        assertThat(stale.tickers()).isEqualTo(fresh.tickers());
        assertThat(stale.source().staleSeconds()).isEqualTo(7);
    }

    @Test
    void tickersOfATimeframeAreThoseThatHaveBarsOfIt() {
        String row =
                "{'ticker':'%s','timeframe':'%s','count':0,'first':null,'last':null,'lastClose':null,'revision':1}";
        String rows = row.formatted("A", "1d") + "," + row.formatted("A", "1h") + "," + row.formatted("B", "5m");
        fake.answerWith(200, "application/json", ("{'data':[" + rows + "],'next':null}").replace('\'', '"'));

        assertThat(quotes.tickers().of(Timeframe.DAY))
                .extracting(TickerSummary::ticker)
                .containsExactly("A");
        assertThat(quotes.tickers().of(Timeframe.FIVE_MINUTES))
                .extracting(TickerSummary::ticker)
                .containsExactly("B");
        assertThat(quotes.tickers().of(Timeframe.WEEK)).isEmpty();
    }
}
