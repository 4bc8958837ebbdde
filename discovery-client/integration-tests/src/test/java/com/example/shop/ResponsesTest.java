package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.BackendRequest;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

class ResponsesTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    private StockEndpoints endpoints;
    private RunningShop shop;

    @BeforeEach
    void register() {
        endpoints = StockEndpoints.register(CLOUD_MAP);
    }

    private RestClient stock(String... properties) {
        shop = RunningShop.start(CLOUD_MAP.nameserver(), properties);
        return shop.stock();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void aGzipBodyIsDecoded() {
        endpoints.behave(BackendBehaviour.answeringGzip(200, "a body that was packed"));

        assertThat(RunningShop.get(stock())).isEqualTo("a body that was packed");

        assertThat(endpoints.executed().getFirst().header("Accept-Encoding")).contains("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/new", "http://stock-service/new"})
    void aRedirectIsFollowed(String location) {
        endpoints.behave(BackendBehaviour.choosing(request -> request.path().equals("/new")
                ? BackendBehaviour.answering(200, "moved here")
                : BackendBehaviour.redirecting(302, location)));

        assertThat(RunningShop.get(stock())).isEqualTo("moved here");
    }

    @Test
    void aRedirectIsReturnedIfBootIsToldNotToFollow() {
        endpoints.behave(BackendBehaviour.redirecting(302, "/new"));

        ResponseEntity<Void> response = stock("spring.http.clients.redirects=dont-follow")
                .get()
                .uri("/old")
                .retrieve()
                .toBodilessEntity();

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.FOUND);
        assertThat(response.getHeaders().getLocation()).isEqualTo(URI.create("/new"));
    }

    @Test
    void aProblemHasItsStatusTextHeadersAndBody() {
        endpoints.behave(connection -> {
            connection.execute();
            String body = "{\"title\":\"no such ticker\"}";
            connection.write("HTTP/1.1 404 Not Found\r\nContent-Type: application/problem+json\r\nX-Mine: 1\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            return true;
        });
        RestClient stock = stock();

        assertThatThrownBy(() -> RunningShop.get(stock))
                .isInstanceOfSatisfying(HttpClientErrorException.NotFound.class, problem -> {
                    assertThat(problem.getStatusText()).isEqualTo("Not Found");
                    assertThat(problem.getResponseHeaders().getFirst("X-Mine")).isEqualTo("1");
                    assertThat(problem.getResponseBodyAsString()).contains("no such ticker");
                });
    }

    @Test
    void noFieldOfTheLibraryReachesAControllerThatPassesHeadersOn() {
        endpoints.behave(BackendBehaviour.answering(
                200, "x", "Discovery-Service: stock-service", "Discovery-Draining: true", "X-Mine: 1"));

        HttpHeaders headers =
                stock().get().uri("/").retrieve().toBodilessEntity().getHeaders();

        assertThat(headers.getFirst("X-Mine")).isEqualTo("1");
        assertThat(headers.headerNames())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("discovery-"));
    }

    @Test
    void allMethodsArriveAsSentOverOneConnection() {
        CLOUD_MAP.deregister(endpoints.second());
        endpoints.first().behave(connection -> {
            BackendRequest request = connection.execute();
            String echo = request.method() + ":" + request.body();
            return connection.respond(200, request.method().equals("HEAD") ? new byte[0] : echo.getBytes());
        });
        RestClient stock = stock();

        stock.head().uri("/").retrieve().toBodilessEntity();
        stock.options().uri("/").retrieve().toBodilessEntity();
        for (String method : List.of("PATCH", "DELETE", "QUERY")) {
            assertThat(stock.method(HttpMethod.valueOf(method))
                            .uri("/")
                            .body("body of " + method)
                            .retrieve()
                            .body(String.class))
                    .isEqualTo(method + ":body of " + method);
        }
        assertThat(stock.method(HttpMethod.valueOf("PURGE")).uri("/").retrieve().body(String.class))
                .isEqualTo("PURGE:");
        assertThat(RunningShop.get(stock)).isEqualTo("GET:");
        assertThat(endpoints.first().accepted()).isEqualTo(1);
    }

    @Test
    void aCookieIsNotKeptAndOneThatIsSetByHandIsSent() {
        endpoints.behave(BackendBehaviour.answering(200, "x", "Set-Cookie: session=1; Path=/"));
        RestClient stock = stock();

        RunningShop.get(stock);
        RunningShop.get(stock);
        stock.get().uri("/").header("Cookie", "mine=2").retrieve().toBodilessEntity();

        assertThat(endpoints.executed())
                .extracting(request -> request.header("Cookie"))
                .containsOnly("", "mine=2");
        assertThat(endpoints.executed())
                .filteredOn(request -> request.header("Cookie").equals("mine=2"))
                .hasSize(1);
    }

    @Test
    void responsesWithoutABodyDoNotBlockTheConnection() {
        CLOUD_MAP.deregister(endpoints.second());
        endpoints.first().behave(connection -> {
            BackendRequest request = connection.execute();
            if (request.path().equals("/204")) {
                connection.write("HTTP/1.1 204 No Content\r\n\r\n");
                return true;
            }
            if (request.path().equals("/304")) {
                connection.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 5000\r\n\r\n");
                return true;
            }
            if (request.method().equals("HEAD")) {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
                return true;
            }
            return connection.respond(200, "body".getBytes());
        });
        RestClient stock = stock();

        for (int round = 0; round < 3; round++) {
            assertThat(stock.get().uri("/204").retrieve().toBodilessEntity().getStatusCode())
                    .isEqualTo(HttpStatus.NO_CONTENT);
            HttpStatusCode notModified =
                    stock.get().uri("/304").exchange((request, response) -> response.getStatusCode());
            assertThat(notModified).isEqualTo(HttpStatus.NOT_MODIFIED);
            stock.head().uri("/head").retrieve().toBodilessEntity();
            assertThat(RunningShop.get(stock)).isEqualTo("body");
        }
        assertThat(endpoints.first().accepted()).isEqualTo(1);
    }

    @Test
    void aRestTemplateOfBootsBuilderCallsTheService() {
        stock();

        String body = shop.context()
                .getBean(RestTemplateBuilder.class)
                .build()
                .getForObject("http://stock-service/", String.class);

        assertThat(body).isIn(endpoints.first().name(), endpoints.second().name());
    }

    /** An HTTP interface with the return types that Spring offers. */
    interface Stock {
        @GetExchange("/empty")
        Optional<String> empty();

        @DeleteExchange("/one")
        void delete();

        @GetExchange("/one")
        ResponseEntity<String> one();

        @GetExchange("/all")
        List<String> all();
    }

    @ImportHttpServices(group = "stock", types = Stock.class)
    static class Interfaces {}

    @Test
    void anHttpInterfaceReturnsOptionalVoidEntityAndList() {
        endpoints.behave(BackendBehaviour.choosing(request -> switch (request.path()) {
            case "/empty" -> BackendBehaviour.answering(204, "");
            case "/all" -> BackendBehaviour.answering(200, "[\"a\",\"b\"]", "Content-Type: application/json");
            default -> BackendBehaviour.answering(200, "one");
        }));
        shop = RunningShop.start(
                CLOUD_MAP.nameserver(),
                List.of(Interfaces.class),
                "spring.http.serviceclient.stock.base-url=http://stock-service");
        Stock stock = shop.context().getBean(Stock.class);

        assertThat(stock.empty()).isEmpty();
        stock.delete();
        assertThat(stock.one().getBody()).isEqualTo("one");
        assertThat(stock.all()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb/c%20d",
                "/?x=%3CHello=World@mail.example%3E&y=a+b&z=%7C",
                "/m;v=1;w=2/x",
                "/double//slash",
                "//double//slash",
                "/~u/!$&'()*,=:@",
                "/%C3%A4"
            })
    void theEndpointReceivesThePathAsItWasSent(String path) {
        endpoints.behave(BackendBehaviour.answering(200, "x"));
        RestClient stock = stock();

        stock.get().uri(URI.create("http://stock-service" + path)).retrieve().toBodilessEntity();

        assertThat(endpoints.executed()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo(path);
            assertThat(request.header("Host")).isEqualTo("stock-service");
        });
    }
}
