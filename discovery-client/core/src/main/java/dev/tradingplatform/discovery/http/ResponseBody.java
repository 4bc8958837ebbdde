package dev.tradingplatform.discovery.http;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.Timeout;

/** The body of a response: either read into memory before the caller sees it, or streamed from the connection. */
final class ResponseBody {

    /**
     * A shorter body of known length is read within the attempt, so that a connection that breaks off in the middle of
     * it leads to another attempt if the request may be repeated, and in any case counts at once against the endpoint.
     * A longer body is streamed.
     */
    static final int MAX_READ_AHEAD = 1 << 16;

    private static final int CHUNK = 8192;

    private ResponseBody() {}

    /** Returns whether a body is short enough to be read within the attempt. */
    static boolean isShort(HttpEntity body) {
        return body.getContentLength() >= 0 && body.getContentLength() <= MAX_READ_AHEAD;
    }

    /**
     * Reads the body into memory and returns the connection to its pool.
     *
     * @return whether it was short enough; if not, the body is lost and the connection cannot be used again
     */
    static boolean readAhead(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return true;
        }
        Beginning beginning = new Beginning(entity);
        if (!beginning.readWhole()) {
            return false;
        }
        response.setEntity(new InMemory(beginning, Optional.empty()));
        return true;
    }

    /**
     * Reads a short body into memory. If it breaks off, the caller still sees the status, and the failure where the
     * body ends: it must know that a request was executed that cannot be repeated.
     *
     * @return the failure; empty if the body is complete
     */
    static Optional<IOException> readAheadAsFarAsItGoes(ClassicHttpResponse response) {
        Beginning beginning = new Beginning(response.getEntity());
        Optional<IOException> end = Optional.empty();
        try {
            beginning.readWhole();
        } catch (IOException brokenOff) {
            end = Optional.of(brokenOff);
        }
        response.setEntity(new InMemory(beginning, end));
        return end;
    }

    /** As much of a body as has been read into memory. */
    private static final class Beginning {

        private final HttpEntity entity;
        private byte[] bytes;
        private int size;

        Beginning(HttpEntity entity) {
            this.entity = entity;
            long length = entity.getContentLength();
            // One byte more than the body has: its end is seen without another array.
            this.bytes = new byte[length < 0 ? CHUNK : Math.clamp(length + 1, 1, MAX_READ_AHEAD + 1)];
        }

        /** Returns whether the body was short enough; if not, it is lost. */
        boolean readWhole() throws IOException {
            InputStream content = entity.getContent();
            for (int read = 0; read >= 0; read = content.read(bytes, size, bytes.length - size)) {
                size += read;
                if (size > MAX_READ_AHEAD) {
                    return false;
                }
                if (size == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(2 * size, MAX_READ_AHEAD + 1));
                }
            }
            content.close();
            return true;
        }
    }

    /** What follows the last byte of a body that broke off. */
    private static final class BrokenEnd extends InputStream {

        private final IOException failure;

        BrokenEnd(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw failure;
        }
    }

    /** The same entity, as far as it was read. */
    private static final class InMemory extends HttpEntityWrapper {

        private final Beginning beginning;
        private final Optional<IOException> failure;

        InMemory(Beginning beginning, Optional<IOException> failure) {
            super(beginning.entity);
            this.beginning = beginning;
            this.failure = failure;
        }

        @Override
        public boolean isRepeatable() {
            return failure.isEmpty();
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public long getContentLength() {
            return failure.isEmpty() ? beginning.size : super.getContentLength();
        }

        @Override
        public InputStream getContent() {
            InputStream content = new ByteArrayInputStream(beginning.bytes, 0, beginning.size);
            return failure.isEmpty() ? content : new SequenceInputStream(content, new BrokenEnd(failure.get()));
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            getContent().transferTo(out);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** Is told when a streamed body breaks off. */
    interface Listener {
        void brokeOff(IOException failure);
    }

    /** Leaves the body to the caller, who reads it from the connection. */
    static void stream(ClassicHttpResponse response, EndpointConnection connection, Listener listener) {
        Optional.ofNullable(response.getEntity())
                .ifPresent(entity -> response.setEntity(new Streamed(entity, connection, listener)));
    }

    /** Reports a body that breaks off, and does not wait for the end of one that is closed before. */
    private static final class Streamed extends HttpEntityWrapper {

        private final EndpointConnection connection;
        private final Listener listener;

        Streamed(HttpEntity entity, EndpointConnection connection, Listener listener) {
            super(entity);
            this.connection = connection;
            this.listener = listener;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new Content(super.getContent(), connection, listener);
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream content = getContent()) {
                content.transferTo(out);
            }
        }

        @Override
        public void close() throws IOException {
            getContent().close();
        }
    }

    private static final class Content extends FilterInputStream {

        /** For the end of a body that has arrived; more would make the caller wait for a server that sends on. */
        private static final Timeout END = Timeout.ONE_MILLISECOND;

        private final EndpointConnection connection;
        private final Listener listener;
        private boolean ended;
        private boolean closed;

        Content(InputStream content, EndpointConnection connection, Listener listener) {
            super(content);
            this.connection = connection;
            this.listener = listener;
        }

        private int ended(int read) {
            ended |= read < 0;
            return read;
        }

        private IOException brokeOff(IOException failure) {
            if (!closed) {
                ended = true;
                listener.brokeOff(failure);
            }
            return failure;
        }

        @Override
        public int read() throws IOException {
            try {
                return ended(super.read());
            } catch (IOException failure) {
                throw brokeOff(failure);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return ended(super.read(bytes, offset, length));
            } catch (IOException failure) {
                throw brokeOff(failure);
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            if (!ended && !restHasArrived()) {
                // HttpClient would read the body to its end, which for a stream of events never comes.
                connection.abort();
            }
            try {
                super.close();
            } catch (IOException afterAbort) {
                if (connection.reusable()) {
                    throw afterAbort;
                }
            }
        }

        private boolean restHasArrived() {
            try {
                connection.setSocketTimeout(END);
                byte[] rest = new byte[CHUNK];
                for (int read = 0; read <= MAX_READ_AHEAD; ) {
                    int count = in.read(rest);
                    if (count < 0) {
                        return true;
                    }
                    read += count;
                }
                return false;
            } catch (IOException | IllegalStateException notYet) {
                return false;
            }
        }
    }
}
