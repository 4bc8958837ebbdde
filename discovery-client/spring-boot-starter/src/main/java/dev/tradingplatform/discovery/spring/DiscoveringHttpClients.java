package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.http.ServiceClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;

/**
 * Wraps the one builder all of Spring Boot's blocking HTTP clients get their request factory from, whoever defined it
 * and however it is configured: calls to other hosts stay exactly what they were.
 */
final class DiscoveringHttpClients implements BeanPostProcessor {

    private final ObjectProvider<ServiceClient> client;

    DiscoveringHttpClients(ObjectProvider<ServiceClient> client) {
        this.client = client;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof ClientHttpRequestFactoryBuilder<?> builder) {
            ClientHttpRequestFactoryBuilder<DiscoveryRequestFactory> discovering =
                    settings -> new DiscoveryRequestFactory(client.getObject(), builder.build(settings));
            return discovering;
        }
        return bean;
    }
}
