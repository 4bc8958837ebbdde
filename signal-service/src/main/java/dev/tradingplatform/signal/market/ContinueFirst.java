package dev.tradingplatform.signal.market;

import java.io.IOException;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Tells content when its receiver asked for it by 100 (Continue), RFC 9110 §10.1.1. HttpClient sends a body to a
 * receiver that has not asked as well: after three seconds, which a frozen one lets pass, and at once when the
 * connection ends, as that of a dying one does.
 */
final class ContinueFirst extends HttpRequestExecutor {

    private static final String CONTENT = MeteredContent.class.getName();

    static HttpClientContext context(MeteredContent content) {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(CONTENT, content);
        return context;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback information,
            HttpContext context)
            throws IOException, HttpException {
        if (!(context.getAttribute(CONTENT) instanceof MeteredContent content)) {
            return super.execute(request, connection, information, context);
        }
        return HttpRequestExecutor.builder()
                .withHttp1StreamListener(new Invitation(content))
                .build()
                .execute(request, connection, information, context);
    }

    private record Invitation(MeteredContent content) implements Http1StreamListener {

        @Override
        public void onRequestHead(HttpConnection connection, HttpRequest request) {}

        @Override
        public void onResponseHead(HttpConnection connection, HttpResponse response) {
            if (response.getCode() == HttpStatus.SC_CONTINUE) {
                content.invite();
            }
        }

        @Override
        public void onExchangeComplete(HttpConnection connection, boolean keptAlive) {}
    }
}
