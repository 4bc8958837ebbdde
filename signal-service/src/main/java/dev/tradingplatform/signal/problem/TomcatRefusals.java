package dev.tradingplatform.signal.problem;

import java.io.IOException;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets each ticker in a path reach the controllers, and answers what Tomcat refuses before any filter runs with a
 * problem detail instead of Tomcat's HTML.
 */
@Component
final class TomcatRefusals implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final Logger LOG = LoggerFactory.getLogger(TomcatRefusals.class);

    private final JsonMapper json;

    TomcatRefusals(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            // BTC%2FUSDT is one path segment. Some clients do not encode the caret of ^GSPC.
            connector.setEncodedSolidusHandling("passthrough");
            connector.setProperty("relaxedPathChars", "^");
            connector.setProperty("relaxedQueryChars", "^");
        });
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemValve()));
    }

    private final class ProblemValve extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable cause) {
            if (response.getStatus() < HttpStatus.BAD_REQUEST.value()
                    || response.getContentWritten() > 0
                    || !response.setErrorReported()) {
                return;
            }
            HttpStatus status = HttpStatus.valueOf(response.getStatus());
            String title = status.getReasonPhrase();
            String reason = cause == null ? null : cause.getMessage();
            ProblemDetail problem = MarketProblems.problem(
                    status,
                    title.toLowerCase(Locale.ROOT).replace(' ', '-'),
                    title,
                    reason == null ? "The request is not HTTP as this server accepts it." : reason);
            try {
                response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
                response.getOutputStream().write(json.writeValueAsBytes(problem));
                response.finishResponse();
            } catch (IOException e) {
                LOG.debug("The client of a refused request closed its connection", e);
            }
        }
    }
}
