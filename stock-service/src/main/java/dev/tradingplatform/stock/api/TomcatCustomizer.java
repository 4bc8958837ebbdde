package dev.tradingplatform.stock.api;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Puts the valve before Tomcat's own, and knows how many requests wait for one of its threads. */
@Component
@EnableConfigurationProperties({HttpSettings.class, InstanceSettings.class})
class TomcatCustomizer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final InstanceSettings instance;
    private final Environment environment;
    private volatile @Nullable ProtocolHandler handler;

    TomcatCustomizer(InstanceSettings instance, Environment environment) {
        this.instance = instance;
        this.environment = environment;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        String service = environment.getProperty("discovery.server.name", "");
        FrontValve front = new FrontValve(instance.name(), service);
        factory.setProtocol(PunctualProtocol.class.getName());
        factory.addConnectorCustomizers(
                this::remember,
                TomcatCustomizer::spareHeap,
                TomcatCustomizer::passTickersOn,
                TomcatCustomizer::leaveBodiesAlone,
                connector -> answerLateHeaders(connector, front));
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(front));
    }

    /** Returns how many requests have come in and wait for a thread. */
    int waiting() {
        ProtocolHandler current = handler;
        return current != null && current.getExecutor() instanceof ThreadPoolExecutor threads
                ? threads.getQueue().size()
                : 0;
    }

    /** Ten thousand idle connections would take more of a small heap than there is: 9 KB each are kept outside it. */
    private static void spareHeap(Connector connector) {
        connector.setProperty("socket.directBuffer", "true");
        connector.setProperty("socket.appReadBufSize", "1024");
        connector.setProperty("socket.appWriteBufSize", "8192");
    }

    /** BTC%2FUSDT is one path segment. Some clients do not encode the caret of ^GSPC. */
    private static void passTickersOn(Connector connector) {
        connector.setEncodedSolidusHandling("passthrough");
        connector.setProperty("relaxedPathChars", "^");
        connector.setProperty("relaxedQueryChars", "^");
    }

    /** curl's default content type is that of a form: Tomcat would read the file as parameters. */
    private static void leaveBodiesAlone(Connector connector) {
        connector.setParseBodyMethods("");
    }

    private static void answerLateHeaders(Connector connector, FrontValve front) {
        if (connector.getProtocolHandler() instanceof PunctualProtocol protocol) {
            protocol.punctuality()
                    .answerWith(front.rawAnswer(
                            HttpStatus.REQUEST_TIMEOUT,
                            "The request line or header came too slowly. Nothing was done."));
        }
    }

    private void remember(Connector connector) {
        handler = connector.getProtocolHandler();
    }
}
