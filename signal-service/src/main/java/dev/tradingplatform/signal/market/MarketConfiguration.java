package dev.tradingplatform.signal.market;

import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MarketSettings.class)
class MarketConfiguration {

    @Bean
    InstantSource clock() {
        // Milliseconds are what people and JSON readers can use
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> respondingEndpoint() {
        return builder ->
                builder.withHttpClientCustomizer(http -> http.addResponseInterceptorLast(new RespondingEndpoint()));
    }

    @Bean
    StockQuotes stockQuotes(MarketSettings settings, RestClient.Builder builder, InstantSource clock) {
        RestClient client = builder.baseUrl(settings.stockService()).build();
        StockService stockService = new StockService(new StockServiceHttp(client), clock);
        return new StockQuotes(stockService, settings.keptBars(), settings.staleAfter(), clock);
    }
}
