package dev.tradingplatform.stock.api;

import dev.tradingplatform.discovery.DiscoveryHeaders;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the name of the replica into the header of every answer, and a problem document where Tomcat refuses a request
 * before a filter sees it.
 */
final class ProblemReportValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

    private final String instance;
    private final String service;

    ProblemReportValve(String instance, String service) {
        this.instance = instance;
        this.service = service;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        response.setHeader("X-Served-By", instance);
        if (!service.isEmpty()) {
            response.setHeader(DiscoveryHeaders.SERVICE, service);
        }
        super.invoke(request, response);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        if (response.getStatus() < HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0) {
            return;
        }
        if (!response.setErrorReported()) {
            return;
        }
        String reason = Optional.ofNullable(cause).map(Throwable::getMessage).orElse("");
        HttpStatus status = status(response.getStatus(), reason);
        try {
            response.setStatus(status.value());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            byte[] document = JsonMapper.shared().writeValueAsBytes(document(status, reason));
            response.setContentLength(document.length);
            response.getOutputStream().write(document);
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("The client of a refused request is gone", e);
        }
    }

    /** Tomcat has only 400 for what has a status of its own since RFC 6585 §5 and RFC 9110 §15.5.15. */
    private static HttpStatus status(int given, String reason) {
        boolean large = reason.contains("header is too large") || reason.contains("number of headers");
        if (given == HttpStatus.BAD_REQUEST.value() && large) {
            return HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        }
        return HttpStatus.valueOf(given);
    }

    private static Map<String, Object> document(HttpStatus status, String reason) {
        Map<String, Object> document = new LinkedHashMap<>();
        String title = status.getReasonPhrase();
        document.put("type", Problems.type(title.toLowerCase(Locale.ROOT).replace(' ', '-')));
        document.put("title", title);
        document.put("status", status.value());
        document.put("detail", reason.isEmpty() ? "The request is not HTTP as this server takes it." : reason);
        return document;
    }
}
