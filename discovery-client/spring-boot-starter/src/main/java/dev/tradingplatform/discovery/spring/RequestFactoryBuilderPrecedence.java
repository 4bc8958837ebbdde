package dev.tradingplatform.discovery.spring;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;

/**
 * Lets the library's {@code ClientHttpRequestFactoryBuilder} be the primary one also if the application has marked one
 * of its own: two primary beans end the start. The application's primary builder is then still preferred to its others,
 * which become fallbacks; so it is the one that the library wraps, and the one that is injected by a more special type.
 */
final class RequestFactoryBuilderPrecedence implements BeanFactoryPostProcessor {

    /** The name of the bean that takes precedence. */
    static final String LIBRARY_BEAN = "discoveryRequestFactoryBuilder";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
        List<BeanDefinition> applications = Stream.of(
                        factory.getBeanNamesForType(ClientHttpRequestFactoryBuilder.class, true, false))
                .filter(name -> !name.equals(LIBRARY_BEAN) && factory.containsBeanDefinition(name))
                .map(factory::getBeanDefinition)
                .toList();
        if (applications.stream().anyMatch(BeanDefinition::isPrimary)) {
            for (BeanDefinition builder : applications) {
                builder.setFallback(!builder.isPrimary());
                builder.setPrimary(false);
            }
        }
    }
}
