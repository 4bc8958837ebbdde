package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.http.ServiceClient;
import java.util.List;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/** Shows discovered endpoints to what speaks Spring Cloud Commons, such as its load balancer or a gateway. */
final class CloudDiscoveryClient implements DiscoveryClient {

    private final ServiceClient client;

    CloudDiscoveryClient(ServiceClient client) {
        this.client = client;
    }

    @Override
    public String description() {
        return "Endpoints from DNS";
    }

    @Override
    public List<ServiceInstance> getInstances(String serviceId) {
        return client.endpoints(serviceId).stream()
                .<ServiceInstance>map(endpoint -> instance(serviceId, endpoint))
                .toList();
    }

    private static ServiceInstance instance(String serviceId, Endpoint endpoint) {
        return new DefaultServiceInstance(
                endpoint.toString(), serviceId, endpoint.address().getHostAddress(), endpoint.port(), false);
    }

    /** DNS has no list of services: those called so far. */
    @Override
    public List<String> getServices() {
        return client.status().stream().map(status -> status.service().value()).toList();
    }
}
