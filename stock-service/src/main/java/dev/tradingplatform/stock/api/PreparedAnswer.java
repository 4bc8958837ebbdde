package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.spool.Spool;
import dev.tradingplatform.stock.spool.SpooledBytes;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An answer that is being made; nothing of its body is sent. For one thread. */
final class PreparedAnswer extends HttpServletResponseWrapper {

    private final Spool spool;
    private final Body stream = new Body();
    private @Nullable PrintWriter writer;
    private SpooledBytes bytes;
    private boolean leftToContainer;

    PreparedAnswer(HttpServletResponse response, Spool spool) {
        super(response);
        this.spool = spool;
        this.bytes = new SpooledBytes(spool);
    }

    /** Returns what was written, for the caller to send and to close. */
    SpooledBytes body() {
        if (writer != null) {
            writer.flush();
        }
        return bytes;
    }

    /** Tells whether the container makes the answer, because the application found none. */
    boolean isLeftToContainer() {
        return leftToContainer;
    }

    void discard() {
        bytes.close();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return stream;
    }

    @Override
    public PrintWriter getWriter() {
        PrintWriter current = writer;
        if (current == null) {
            current = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            writer = current;
        }
        return current;
    }

    /** Does nothing: an answer is sent when it is whole. */
    @Override
    public void flushBuffer() {
        // Whoever calls this cannot know that there is nothing to wait for.
    }

    /** Does nothing: what was written says it better. */
    @Override
    public void setContentLength(int length) {
        setContentLengthLong(length);
    }

    /** Does nothing: what was written says it better. */
    @Override
    public void setContentLengthLong(long length) {
        // The length is set when the whole answer is there.
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        bytes.close();
        bytes = new SpooledBytes(spool);
    }

    @Override
    public void reset() {
        super.reset();
        resetBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        leftToContainer = true;
        discard();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        leftToContainer = true;
        discard();
        super.sendError(status, message);
    }

    /** Takes what is written, or what is there already. */
    final class Body extends ServletOutputStream {

        /** Takes bytes as the whole body, so that large ones need not be copied. */
        void adopt(SpooledBytes whole) {
            bytes.close();
            bytes = whole;
        }

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("an answer that is prepared takes everything at once");
        }
    }
}
