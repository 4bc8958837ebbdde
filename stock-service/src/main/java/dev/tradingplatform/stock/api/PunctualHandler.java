package dev.tradingplatform.stock.api;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers 408 where a request line or header has begun and does not end in time (RFC 9110 §15.5.9). A connection on
 * which nothing has begun is idle and may be closed without an answer. Safe for concurrent use.
 */
final class PunctualHandler implements AbstractEndpoint.Handler<NioChannel> {

    private static final Logger LOG = LoggerFactory.getLogger(PunctualHandler.class);

    private final AbstractEndpoint.Handler<NioChannel> tomcat;
    private final IntSupplier timeoutMillis;
    private final LongSupplier nanoTime;
    private final Map<SocketWrapperBase<NioChannel>, Long> begun = new ConcurrentHashMap<>();
    private volatile byte[] answer = {};

    PunctualHandler(AbstractEndpoint.Handler<NioChannel> tomcat, IntSupplier timeoutMillis, LongSupplier nanoTime) {
        this.tomcat = tomcat;
        this.timeoutMillis = timeoutMillis;
        this.nanoTime = nanoTime;
    }

    /** Sets the whole answer, from its status line on. */
    void answerWith(String text) {
        answer = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
        boolean late = isLate(socket, event);
        if (late) {
            refuse(socket);
        }
        SocketState state = tomcat.process(socket, late ? SocketEvent.ERROR : event);
        if (state == SocketState.LONG && isUnfinished(socket)) {
            begun.putIfAbsent(socket, nanoTime.getAsLong());
        } else {
            begun.remove(socket);
        }
        return state;
    }

    private boolean isLate(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
        Long since = begun.get(socket);
        if (since == null) {
            return false;
        }
        long limit = Duration.ofMillis(timeoutMillis.getAsInt()).toNanos();
        return event == SocketEvent.ERROR
                ? socket.getError() instanceof SocketTimeoutException
                : nanoTime.getAsLong() - since > limit;
    }

    /** A processor stays with a socket in the middle of a header, and while an answer is delivered. */
    private static boolean isUnfinished(SocketWrapperBase<NioChannel> socket) {
        return socket.getCurrentProcessor() instanceof Processor processor
                && !processor.isAsync()
                && !processor.isUpgrade();
    }

    /** Writes as much as the socket takes without waiting: this little it always takes. */
    private void refuse(SocketWrapperBase<NioChannel> socket) {
        try {
            int written = socket.getSocket().write(ByteBuffer.wrap(answer));
            LOG.debug("A header that did not come in time was answered with {} bytes", written);
        } catch (IOException e) {
            LOG.debug("The client whose header did not come in time is gone", e);
        }
    }

    @Override
    public Object getGlobal() {
        return tomcat.getGlobal();
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> socket) {
        begun.remove(socket);
        tomcat.release(socket);
    }

    @Override
    public void pause() {
        tomcat.pause();
    }

    @Override
    public void recycle() {
        tomcat.recycle();
    }
}
