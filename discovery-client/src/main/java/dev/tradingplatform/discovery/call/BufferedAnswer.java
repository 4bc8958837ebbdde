package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * Reads an answer before the caller sees it, so that a connection that breaks in the middle of it is still a matter for
 * another endpoint and not for the caller. What exceeds the limit is left on the connection, for the caller to stream.
 *
 * @param leased the connection it comes over
 * @param request what was asked
 * @param answer its head
 * @param context of the exchange
 */
record BufferedAnswer(
        LeasedConnection leased, ClassicHttpRequest request, ClassicHttpResponse answer, HttpContext context) {

    /** Enough for 10,000 bars; more than that is an export, which is streamed. */
    private static final int LIMIT = 1 << 20;

    private static final int CHUNK = 8192;

    /** How long the caller may have to wait for the next bytes of a longer one; its deadline is not for its reading. */
    private static final Timeout LONGEST_SILENCE = Timeout.ofSeconds(10);

    ServiceResponse read(Endpoint endpoint, Supplier<Timeout> timeLeft) throws IOException {
        boolean reusable = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, answer, context);
        HttpEntity entity = answer.getEntity();
        if (entity == null) {
            leased.giveBack(reusable);
            return response(endpoint, InputStream.nullInputStream());
        }
        InputStream live = entity.getContent();
        int expected = Math.clamp(entity.getContentLength(), CHUNK, LIMIT);
        ByteArrayOutputStream buffer = new ByteArrayOutputStream(expected);
        byte[] chunk = new byte[CHUNK];
        while (buffer.size() < LIMIT) {
            int read = live.read(chunk);
            if (read < 0) {
                live.close();
                leased.giveBack(reusable);
                return response(endpoint, new ByteArrayInputStream(buffer.toByteArray()));
            }
            buffer.write(chunk, 0, read);
            leased.connection().setSocketTimeout(timeLeft.get());
        }
        if (!leased.handOn()) {
            throw new SocketTimeoutException("cut off");
        }
        leased.connection().setSocketTimeout(LONGEST_SILENCE);
        InputStream begun = new ByteArrayInputStream(buffer.toByteArray());
        return response(endpoint, new SequenceInputStream(begun, new Rest(live, leased, reusable)));
    }

    private ServiceResponse response(Endpoint endpoint, InputStream body) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : answer.getHeaders()) {
            headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>(1)).add(header.getValue());
        }
        return new ServiceResponse(answer.getCode(), Collections.unmodifiableMap(headers), endpoint, body);
    }

    /** The part beyond the limit; gives the connection back when it is closed, reusable only if read to its end. */
    private static final class Rest extends FilterInputStream {

        private final LeasedConnection leased;
        private final boolean reusable;
        private boolean ended;
        private boolean closed;

        Rest(InputStream live, LeasedConnection leased, boolean reusable) {
            super(live);
            this.leased = leased;
            this.reusable = reusable;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            ended |= read < 0;
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            ended |= read < 0;
            return read;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                leased.giveBack(reusable && ended);
            }
        }
    }
}
