package gauntlet.ours;

import gauntlet.api.Client;
import gauntlet.api.Contender;
import gauntlet.api.Response;
import gauntlet.api.Target;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** discovery-client through the RestClient of a Spring Boot application that has the starter. */
public final class Spring implements Contender {

    @Override
    public String description() {
        return "discovery-client-spring-boot-starter, RestClient, defaults and a deadline of 2 s";
    }

    @Override
    public boolean followsSrvPorts() {
        return true;
    }

    @Override
    public Client open(Target target) {
        int dot = target.service().indexOf('.');
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .properties(properties(target, target.service().substring(dot + 1)))
                .run();
        RestClient client = context.getBean(RestClient.Builder.class)
                .baseUrl("http://" + target.service().substring(0, dot))
                .build();
        return new Calls(context, client);
    }

    private static Map<String, Object> properties(Target target, String namespace) {
        InetSocketAddress dns = target.dns();
        Map<String, Object> properties = new HashMap<>();
        properties.put("discovery.namespace", namespace);
        properties.put("discovery.nameservers", dns.getAddress().getHostAddress() + ":" + dns.getPort());
        properties.put("discovery.loopback", "true");
        properties.put("discovery.deadline", target.timeout().toMillis() + "ms");
        properties.put("spring.jmx.enabled", "false");
        properties.put("spring.cloud.loadbalancer.enabled", "false");
        return properties;
    }

    private record Calls(ConfigurableApplicationContext context, RestClient client) implements Client {

        @Override
        public Response get(String path) {
            return response(client.get().uri(path));
        }

        @Override
        public Response post(String path, String id) {
            return response(
                    client.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(Client.postBody(id)));
        }

        private static Response response(RestClient.RequestHeadersSpec<?> request) {
            return request.exchange((sent, received) ->
                    new Response(received.getStatusCode().value(), received.bodyTo(String.class)));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** An application without anything of its own. */
    @SpringBootApplication
    static class Application {}
}
