package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.Endpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ImportSettings.class)
class ImportConfiguration {

    private static final Timeout CONNECT = Timeout.ofMilliseconds(250);
    private static final Timeout LEASE = Timeout.ofSeconds(1);
    /** Bytes of a file; to look whether there is an answer already takes a millisecond. */
    private static final int LOOK_UP_EVERY = 256 << 10;

    @Bean
    CloseableHttpClient importHttpClient(ImportSettings settings) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        // A refusal in the middle of the file ends the sending of the rest
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .responseOutOfOrderStrategy(new MonitoringResponseOutOfOrderStrategy(LOOK_UP_EVERY))
                                .build())
                        .setMaxConnTotal(settings.maxConcurrent())
                        .setMaxConnPerRoute(settings.maxConcurrent())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        // A refusal by its head alone, such as 401, comes before the file is on its way
                        .setExpectContinueEnabled(true)
                        .setConnectionRequestTimeout(LEASE)
                        .setResponseTimeout(Timeout.of(settings.deadline()))
                        .build())
                .setRequestExecutor(new ContinueFirst())
                // Files are rare: a connection kept from the last one would be old, and its replica perhaps gone
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    @Bean
    Imports imports(
            CloseableHttpClient importHttpClient,
            ObjectProvider<DiscoveryClient> clients,
            MarketSettings market,
            ImportSettings settings) {
        URI service = market.stockService();
        Supplier<List<HttpHost>> endpoints = () -> Optional.ofNullable(clients.getIfAvailable())
                .filter(client -> client.serves(service))
                .map(client -> discovered(client, service))
                .orElseGet(() -> List.of(HttpHost.create(service)));
        return new Imports(importHttpClient, endpoints, service, settings);
    }

    private static List<HttpHost> discovered(DiscoveryClient client, URI service) {
        List<Endpoint> endpoints = new ArrayList<>(client.endpoints(service.getHost()));
        Collections.shuffle(endpoints, ThreadLocalRandom.current());
        return endpoints.stream()
                .map(endpoint ->
                        new HttpHost(service.getScheme(), endpoint.address(), service.getHost(), endpoint.port()))
                .toList();
    }
}
