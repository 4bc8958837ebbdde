package dev.tradingplatform.discovery.spring;

import java.util.Locale;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.SimpleClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientsProperties;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Keeps the HTTP client of hosts that are not services. Boot prefers Apache HttpClient 5 to all others, and this
 * library puts it on the class path: without this default, an application that adds the library would repeat requests
 * to other hosts after a 503 and keep their cookies.
 */
final class OtherHostsHttpClient implements EnvironmentPostProcessor {

    private static final String PROPERTY = "spring.http.clients.imperative.factory";

    private final Log log;

    OtherHostsHttpClient(DeferredLogFactory logs) {
        log = logs.getLog(OtherHostsHttpClient.class);
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.containsProperty(PROPERTY)) {
            return;
        }
        String factory = factory(detect(application.getClassLoader())).name().toLowerCase(Locale.ROOT);
        // Boot keeps the default properties behind all others, also behind those of @PropertySource
        DefaultPropertiesPropertySource.addOrMerge(Map.of(PROPERTY, factory), environment.getPropertySources());
        log.info(
                "HTTP clients call hosts that are not services as without discovery-client, which brings Apache HttpClient"
                        + " for services only: " + PROPERTY + "=" + factory
                        + ", unless this property or a ClientHttpRequestFactoryBuilder of the application says otherwise");
    }

    /** Returns the builder that Boot would detect if HttpClient 5 were not on the class path. */
    static ClientHttpRequestFactoryBuilder<?> detect(@Nullable ClassLoader classes) {
        return ClientHttpRequestFactoryBuilder.detect(new WithoutHttpClient5(classes));
    }

    private static ImperativeHttpClientsProperties.Factory factory(ClientHttpRequestFactoryBuilder<?> builder) {
        return switch (builder) {
            case JettyClientHttpRequestFactoryBuilder jetty -> ImperativeHttpClientsProperties.Factory.JETTY;
            case ReactorClientHttpRequestFactoryBuilder reactor -> ImperativeHttpClientsProperties.Factory.REACTOR;
            case SimpleClientHttpRequestFactoryBuilder simple -> ImperativeHttpClientsProperties.Factory.SIMPLE;
            default -> ImperativeHttpClientsProperties.Factory.JDK;
        };
    }

    /** Finds everything but HttpClient 5. */
    private static final class WithoutHttpClient5 extends ClassLoader {

        WithoutHttpClient5(@Nullable ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.apache.hc.client5.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
