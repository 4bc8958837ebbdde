package gauntlet.ours;

import dev.tradingplatform.discovery.DiscoveryClient;
import gauntlet.api.Client;
import gauntlet.api.Response;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** The public API of discovery-client as the contenders use it. */
final class Library {

    private Library() {}

    /** Creates a client with the defaults, except for nameserver, loopback addresses and deadline. */
    static Client open(String service, InetSocketAddress dns, Duration timeout) {
        DiscoveryClient discovery = DiscoveryClient.builder()
                .namespace(service.substring(service.indexOf('.') + 1))
                .nameservers(List.of(dns.getAddress().getHostAddress() + ":" + dns.getPort()))
                .loopback(true)
                .defaults(settings -> settings.withDeadline(timeout))
                .build();
        String base = "http://" + service;
        return new Client() {
            @Override
            public Response get(String path) throws Exception {
                return send(new HttpGet(base + path));
            }

            @Override
            public Response post(String path, String id) throws Exception {
                HttpPost post = new HttpPost(base + path);
                post.setEntity(new StringEntity(Client.postBody(id), ContentType.APPLICATION_JSON));
                return send(post);
            }

            private Response send(HttpUriRequestBase request) throws Exception {
                return discovery
                        .httpClient()
                        .execute(
                                request,
                                response -> new Response(
                                        response.getCode(),
                                        response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity())));
            }

            @Override
            public void close() {
                discovery.close();
            }
        };
    }
}
