package dev.tradingplatform.stock.api;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Configures what Tomcat does before a request reaches a filter. */
@Component
@EnableConfigurationProperties(InstanceSettings.class)
class TomcatCustomizer implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final InstanceSettings instance;
    private final Environment environment;

    TomcatCustomizer(InstanceSettings instance, Environment environment) {
        this.instance = instance;
        this.environment = environment;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        String service = environment.getProperty("discovery.server.name", "");
        ProblemReportValve valve = new ProblemReportValve(instance.name(), service);
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(valve));
        factory.addConnectorCustomizers(TomcatCustomizer::passTickersOn, TomcatCustomizer::leaveBodiesAlone);
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
}
