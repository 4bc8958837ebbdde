package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.io.ByteArrayInputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

class UploadsTest {

    private static final int FIVE_MEGABYTES = 5_000_000;

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    private StockEndpoints endpoints;

    @BeforeEach
    void start() {
        endpoints = StockEndpoints.register(CLOUD_MAP);
    }

    private RunningShop shop;

    private RestClient stock(String... properties) {
        shop = RunningShop.start(CLOUD_MAP.nameserver(), properties);
        return shop.stock();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, 401, false",
        "POST, 413, false",
        "PUT, 401, false",
        "PUT, 413, false",
        "POST, 413, true",
        "PUT, 401, true"
    })
    void aResponseThatComesBeforeTheBodyIsReadReachesTheCaller(String method, int status, boolean chunked) {
        endpoints.behave(BackendBehaviour.answeringEarly(status, "refused", Duration.ofMillis(300)));
        RestClient stock = stock();

        for (int call = 0; call < 6; call++) {
            RestClient.RequestBodySpec request =
                    stock.method(HttpMethod.valueOf(method)).uri("/upload");
            byte[] bytes = new byte[FIVE_MEGABYTES];
            RestClient.RequestHeadersSpec<?> withBody = chunked
                    ? request.body(new InputStreamResource(new ByteArrayInputStream(bytes)))
                    : request.body(bytes);
            assertThatThrownBy(() -> withBody.retrieve().toBodilessEntity())
                    .isInstanceOfSatisfying(HttpClientErrorException.class, refused -> {
                        assertThat(refused.getStatusCode().value()).isEqualTo(status);
                        assertThat(refused.getResponseBodyAsString()).isEqualTo("refused");
                    });
        }

        assertThat(endpoints.received()).hasSize(6);
        shop.assertNoneEjected(2);
    }

    @Test
    void aBodyIsSentAfter100Continue() {
        endpoints.behave(BackendBehaviour.answering(200, "stored"));

        assertThat(expectContinue(stock("discovery.deadline=8s"))).isEqualTo("stored");

        assertThat(endpoints.executed())
                .singleElement()
                .satisfies(request -> assertThat(request.bodyLength()).isEqualTo(300_000));
    }

    @Test
    void noBodyIsSentIfTheServerRefusesInPlaceOf100Continue() {
        endpoints.behave(BackendBehaviour.answeringEarly(401, "", Duration.ofMillis(300)));
        RestClient stock = stock("discovery.deadline=8s");

        assertThatThrownBy(() -> expectContinue(stock)).isInstanceOf(HttpClientErrorException.Unauthorized.class);

        assertThat(endpoints.received())
                .singleElement()
                .satisfies(request -> assertThat(request.bodyLength()).isZero());
        shop.assertNoneEjected(2);
    }

    @Test
    void aBodyIsSentAfterThreeSecondsToAServerThatNeverSays100Continue() {
        endpoints.behave(BackendBehaviour.answering(200, "stored").withoutContinue());

        assertThat(expectContinue(stock("discovery.deadline=8s"))).isEqualTo("stored");

        assertThat(endpoints.executed())
                .singleElement()
                .satisfies(request -> assertThat(request.bodyLength()).isEqualTo(300_000));
    }

    private static String expectContinue(RestClient stock) {
        return stock.put()
                .uri("/upload")
                .header("Expect", "100-continue")
                .body(new byte[300_000])
                .retrieve()
                .body(String.class);
    }

    @Test
    void aFileOf200MegabytesArrivesWholeWithAHeapOf128Megabytes(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("bars.csv");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(200_000_000);
        }
        shop = RunningShop.start(CLOUD_MAP.nameserver());

        OwnJvm.Result result = OwnJvm.of(LargeBodies.class)
                .options("-Xmx128m")
                .arguments(RunningShop.arguments(CLOUD_MAP.nameserver(), "upload=" + file))
                .run(Duration.ofMinutes(2));

        assertThat(result.output()).contains("uploaded");
        assertThat(endpoints.executed())
                .singleElement()
                .satisfies(request -> assertThat(request.bodyLength()).isEqualTo(200_000_000));
    }

    @Test
    void aBodyThatCanBeReadAgainGoesToAnotherEndpointAndOneThatCannotDoesNot() {
        endpoints.behave(BackendBehaviour.inTurn(
                BackendBehaviour.breakingAfterExecution(), BackendBehaviour.answering(200, "stored")));
        RestClient stock = stock();

        assertThat(stock.put().uri("/upload").body(new byte[1_000]).retrieve().body(String.class))
                .isEqualTo("stored");

        endpoints.behave(BackendBehaviour.breakingAfterExecution());
        endpoints.first().clearRequests();
        endpoints.second().clearRequests();
        assertThatThrownBy(() -> stock.put()
                        .uri("/upload")
                        .body(new InputStreamResource(new ByteArrayInputStream(new byte[1_000])))
                        .retrieve()
                        .toBodilessEntity())
                .hasMessageContaining("may have executed the request");
        assertThat(endpoints.executed()).hasSize(1);
    }

    @Test
    void aFormWithAFieldAndAFileArrives() {
        endpoints.behave(BackendBehaviour.answering(200, "stored"));
        MultipartBodyBuilder form = new MultipartBodyBuilder();
        form.part("ticker", "TICKER_1");
        form.part("file", new ByteArrayResource("bar,".repeat(250_000).getBytes()) {
            @Override
            public String getFilename() {
                return "bars.csv";
            }
        });

        stock().post().uri("/upload").body(form.build()).retrieve().toBodilessEntity();

        assertThat(endpoints.executed()).singleElement().satisfies(request -> {
            assertThat(request.header("Content-Type")).startsWith("multipart/form-data");
            assertThat(request.bodyLength()).isGreaterThan(1_000_000);
            assertThat(request.body()).contains("TICKER_1", "bars.csv");
        });
    }
}
