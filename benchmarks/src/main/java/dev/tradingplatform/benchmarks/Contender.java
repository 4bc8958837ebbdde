package dev.tradingplatform.benchmarks;

import dev.tradingplatform.discovery.DiscoveryClient;
import java.io.IOException;
import java.util.List;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;

/** A client whose calls are measured. */
public enum Contender {

    /** discovery-client with its defaults: it looks the service up in DNS and picks among its endpoints. */
    DISCOVERY_CLIENT {
        @Override
        Calls open(Servers.Addresses servers) {
            HttpClient http = DiscoveryClient.builder()
                    .namespace(Servers.NAMESPACE)
                    .nameservers(List.of(servers.nameserver()))
                    .loopback(true)
                    .build()
                    .httpClient();
            return () -> get(http, "http://" + Servers.SERVICE + Servers.PATH);
        }
    },

    /**
     * Apache HttpClient at a fixed address, with as many connections as calls and the same timeouts: the limit of what
     * is possible.
     */
    APACHE {
        @Override
        Calls open(Servers.Addresses servers) {
            HttpClient http = HttpClients.custom()
                    .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                            .setMaxConnPerRoute(1_000)
                            .setMaxConnTotal(1_000)
                            .setDefaultConnectionConfig(ConnectionConfig.custom()
                                    .setConnectTimeout(Timeout.ofMilliseconds(200))
                                    .setSocketTimeout(Timeout.ofSeconds(60))
                                    .build())
                            .build())
                    .setDefaultRequestConfig(RequestConfig.custom()
                            .setResponseTimeout(Timeout.ofSeconds(10))
                            .build())
                    .build();
            return () -> get(http, "http://127.0.0.1:" + servers.port() + Servers.PATH);
        }
    };

    /** Makes calls. */
    @FunctionalInterface
    public interface Calls {

        /** Sends a GET and returns the response body. */
        String get() throws IOException;
    }

    abstract Calls open(Servers.Addresses servers);

    private static String get(HttpClient http, String url) throws IOException {
        return http.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
    }
}
