package dev.tradingplatform.stock.limits;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Configures Tomcat's connections and threads by the limits. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ConnectorLimits implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** For health checks and refusals while requests in progress occupy all others. */
    private static final int SPARE_THREADS = 50;

    private final LimitSettings settings;

    ConnectorLimits(LimitSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(RequestHeadTimeoutProtocol.class.getName());
        factory.addConnectorCustomizers(ConnectorLimits::keepBuffersOutsideTheHeap, connector -> {
            if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
                protocol.setMaxThreads(settings.maxRequests() + SPARE_THREADS);
            }
        });
    }

    /** 9 KB for each connection: 10,000 idle ones would not fit into a heap of 128 MB. */
    private static void keepBuffersOutsideTheHeap(Connector connector) {
        connector.setProperty("socket.directBuffer", "true");
        connector.setProperty("socket.appReadBufSize", "1024");
        connector.setProperty("socket.appWriteBufSize", "8192");
        connector.setProperty("maxTrailerSize", "1024");
    }
}
