package dev.tradingplatform.discovery.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on a connection. Adds two things to HttpClient's own connection: a response that arrives
 * while the request body is still being sent (a 401 or 413) reaches the caller although the server then closes the
 * connection, and the attempt is told when the endpoint is slow to respond. For one thread.
 */
final class Exchange implements HttpClientConnection {

    /** A response that the server sent before it closed the connection is already in the socket's buffer. */
    private static final Timeout RESPONSE_AFTER_BROKEN_WRITE = Timeout.ofMilliseconds(200);

    private final HttpClientConnection connection;
    private final Attempt attempt;
    private boolean bodyIncomplete;
    private @Nullable IOException brokenWrite;
    private boolean sourceFailed;

    Exchange(HttpClientConnection connection, Attempt attempt) {
        this.connection = connection;
        this.attempt = attempt;
    }

    /**
     * Detects a response before each write of the request body. It only looks whether bytes have arrived (about 1 µs);
     * HttpClient's own strategy waits 1 ms each time.
     */
    static ResponseOutOfOrderStrategy earlyResponses() {
        return (request, connection, input, sent, next) -> input.available() > 0;
    }

    /** Returns whether the request body was not sent to its end, so that the connection cannot be used again. */
    boolean bodyIncomplete() {
        return bodyIncomplete;
    }

    /** Returns whether reading the application's request body failed, rather than the connection. */
    boolean sourceFailed() {
        return sourceFailed;
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        HttpEntity entity = request.getEntity();
        if (entity == null) {
            return;
        }
        bodyIncomplete = true;
        request.setEntity(new SentBody(entity));
        try {
            connection.sendRequestEntity(request);
        } catch (IOException failure) {
            if (sourceFailed) {
                throw failure;
            }
            // The server may have responded and closed the connection: receiveResponseHeader looks for that response.
            bodyIncomplete = true;
            brokenWrite = failure;
        } finally {
            request.setEntity(entity);
        }
    }

    /** Tells a failure of the application's body from a failure of the connection. */
    private final class SentBody extends HttpEntityWrapper {

        SentBody(HttpEntity body) {
            super(body);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            Connected connected = new Connected(out);
            try {
                super.writeTo(connected);
                bodyIncomplete = false;
            } catch (IOException | RuntimeException failure) {
                sourceFailed = !connected.failed;
                if (sourceFailed) {
                    // HttpClient would end the body as if it were complete, and the endpoint would execute the request.
                    connection.close(CloseMode.IMMEDIATE);
                }
                throw failure;
            }
        }
    }

    /** Remembers whether writing to the connection failed. */
    private static final class Connected extends OutputStream {

        private final OutputStream out;
        private boolean failed;

        Connected(OutputStream out) {
            this.out = out;
        }

        private interface Write {
            void run() throws IOException;
        }

        private void write(Write write) throws IOException {
            try {
                write.run();
            } catch (IOException failure) {
                failed = true;
                throw failure;
            }
        }

        @Override
        public void write(int value) throws IOException {
            write(() -> out.write(value));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            write(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            write(out::flush);
        }

        @Override
        public void close() throws IOException {
            write(out::close);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!bodyIncomplete) {
            connection.flush();
        }
    }

    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        IOException failure = brokenWrite;
        if (failure != null) {
            connection.setSocketTimeout(RESPONSE_AFTER_BROKEN_WRITE);
            try {
                return connection.receiveResponseHeader();
            } catch (IOException noResponse) {
                failure.addSuppressed(noResponse);
                throw failure;
            }
        }
        boolean hedged = !attempt.waitsForHedge();
        while (!hedged && attempt.hedgeTimeout().compareTo(attempt.responseTimeout()) < 0) {
            connection.setSocketTimeout(attempt.hedgeTimeout());
            try {
                return connection.receiveResponseHeader();
            } catch (SocketTimeoutException slow) {
                // The parser keeps what it has read of the header, and goes on from there.
                hedged = attempt.onSlow();
            }
        }
        connection.setSocketTimeout(attempt.responseTimeout());
        return connection.receiveResponseHeader();
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        connection.sendRequestHeader(request);
    }

    @Override
    public void terminateRequest(ClassicHttpRequest request) throws HttpException, IOException {
        bodyIncomplete = true;
        connection.terminateRequest(request);
    }

    @Override
    public void receiveResponseEntity(ClassicHttpResponse response) throws HttpException, IOException {
        connection.receiveResponseEntity(response);
    }

    @Override
    public boolean isConsistent() {
        return connection.isConsistent() && !bodyIncomplete;
    }

    @Override
    public boolean isDataAvailable(Timeout timeout) throws IOException {
        return connection.isDataAvailable(timeout);
    }

    @Override
    public boolean isStale() throws IOException {
        return connection.isStale();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    @Override
    public void close(CloseMode mode) {
        connection.close(mode);
    }

    @Override
    public EndpointDetails getEndpointDetails() {
        return connection.getEndpointDetails();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return connection.getLocalAddress();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return connection.getRemoteAddress();
    }

    @Override
    public ProtocolVersion getProtocolVersion() {
        return connection.getProtocolVersion();
    }

    @Override
    public SSLSession getSSLSession() {
        return connection.getSSLSession();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public Timeout getSocketTimeout() {
        return connection.getSocketTimeout();
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        connection.setSocketTimeout(timeout);
    }
}
