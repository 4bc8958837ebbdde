package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.ServiceStatus;
import java.util.List;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Shows endpoints to what uses Spring Cloud Commons, such as its load balancer or a gateway. Safe for concurrent use.
 */
final class SpringCloudDiscoveryClient implements DiscoveryClient {

    private final dev.tradingplatform.discovery.DiscoveryClient client;

    SpringCloudDiscoveryClient(dev.tradingplatform.discovery.DiscoveryClient client) {
        this.client = client;
    }

    @Override
    public String description() {
        return "Endpoints from DNS";
    }

    /** Returns an empty list for a text that is not a service name, as Spring Cloud's other clients do. */
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

    /** Returns the services called so far: DNS has no list of services. */
    @Override
    public List<String> getServices() {
        return client.status().stream().map(ServiceStatus::service).toList();
    }
}
