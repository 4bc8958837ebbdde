package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.spool.SpooledBytes;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one answer, as much of it at a time as its client takes without anybody waiting. Called by one thread at a
 * time; between two calls there is none.
 */
final class Delivery implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final int PIECE = 1 << 16;

    /** Of an answer whose client is slow: the container copies what the socket does not take. */
    private static final int SMALL_PIECE = 1 << 13;

    private final AsyncContext exchange;
    private final ServletOutputStream target;
    private final SpooledBytes body;
    private final Pace pace;
    private final AtomicInteger slow;
    private final long begun;
    private long taken;
    private boolean waits;
    private boolean released;

    /** @param slow counts deliveries whose clients are slower than the answer was made */
    Delivery(AsyncContext exchange, SpooledBytes body, Pace pace, AtomicInteger slow) throws IOException {
        this.exchange = exchange;
        this.target = exchange.getResponse().getOutputStream();
        this.body = body;
        this.pace = pace;
        this.slow = slow;
        this.begun = pace.begin();
    }

    @Override
    public void onWritePossible() throws IOException {
        if (waits && pace.isTooSlow(taken, begun)) {
            throw new IOException("the client takes its answer too slowly: " + taken + " bytes until now");
        }
        while (target.isReady()) {
            ByteBuffer piece = body.next(waits ? SMALL_PIECE : PIECE);
            if (!piece.hasRemaining()) {
                release();
                exchange.complete();
                return;
            }
            taken += piece.remaining();
            target.write(piece);
            // Tomcat keeps the last of it back, and is not ready as long as it does
            exchange.getResponse().flushBuffer();
        }
        if (!waits) {
            waits = true;
            slow.incrementAndGet();
            body.park();
        }
    }

    /** The client is gone, or too slow: the container closes the connection, so that no half looks like the whole. */
    @Override
    public void onError(Throwable cause) {
        LOG.debug("An answer was not delivered", cause);
        release();
    }

    /** Keeps the container from making an error page for a client that takes nothing. */
    @Override
    public void onError(AsyncEvent event) {
        release();
        exchange.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        release();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // There is none: see the pace.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts anew.
    }

    private void release() {
        if (released) {
            return;
        }
        released = true;
        if (waits) {
            slow.decrementAndGet();
        }
        body.close();
    }
}
