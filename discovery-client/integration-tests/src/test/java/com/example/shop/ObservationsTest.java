package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ObservationsTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    @Test
    void theMeterOfHttpRequestsHasTheServiceNameAndTheTemplateAndNoAddress() {
        Backend stock = CLOUD_MAP.backend("stock-service");
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver())) {
            shop.stock()
                    .get()
                    .uri("/api/v1/data/{ticker}", "TICKER_1")
                    .retrieve()
                    .toBodilessEntity();

            Timer timer = shop.context()
                    .getBean(MeterRegistry.class)
                    .get("http.client.requests")
                    .timer();
            assertThat(timer.count()).isEqualTo(1);
            assertThat(timer.getId().getTag("client.name")).isEqualTo("stock-service");
            assertThat(timer.getId().getTag("uri")).isEqualTo("/api/v1/data/{ticker}");
            assertThat(timer.getId().getTag("status")).isEqualTo("200");
            assertThat(timer.getId().getTags())
                    .extracting(Tag::getValue)
                    .noneMatch(value -> value.contains("127.0.0.1") || value.contains(stock.name()));
        }
    }

    @Test
    void theEndpointGetsATraceparentOfTheCallersTrace() {
        Backend stock = CLOUD_MAP.backend("stock-service");
        try (RunningShop shop =
                RunningShop.start(CLOUD_MAP.nameserver(), "management.tracing.sampling.probability=1.0")) {
            Tracer tracer = shop.context().getBean(Tracer.class);
            Span span = tracer.nextSpan().name("order").start();
            try (Tracer.SpanInScope scope = tracer.withSpan(span)) {
                assertThat(scope).isNotNull();
                RunningShop.get(shop.stock());
            } finally {
                span.end();
            }

            assertThat(stock.received())
                    .singleElement()
                    .satisfies(request -> assertThat(request.header("traceparent"))
                            .startsWith("00-" + span.context().traceId() + "-")
                            .doesNotContain(span.context().spanId()));
        }
    }
}
