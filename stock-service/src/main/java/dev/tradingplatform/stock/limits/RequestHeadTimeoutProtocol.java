package dev.tradingplatform.stock.limits;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.ErrorState;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 with a timeout for the whole of a request line and header, {@code server.tomcat.connection-timeout}, and 408
 * as the answer (RFC 9110 §15.5.9). In Tomcat the timeout starts again with each byte, and there is no answer. Public
 * because Tomcat creates it by its name.
 */
public final class RequestHeadTimeoutProtocol extends Http11NioProtocol {

    @Override
    protected Processor createProcessor() {
        return new TimeoutProcessor(this);
    }

    /** Makes the buffers of an answer 6 KB of the heap instead of 24 KB. Larger blocks pass them by. */
    @Override
    public int getDesiredBufferSize() {
        return 1 << 11;
    }

    private static final class TimeoutProcessor extends Http11Processor {

        private final RequestHeadTimeoutProtocol protocol;
        private @Nullable Incomplete incomplete;

        TimeoutProcessor(RequestHeadTimeoutProtocol protocol) {
            super(protocol, protocol.getAdapter());
            this.protocol = protocol;
        }

        /** A connection keeps its processor, and the state is LONG, while a request line or header is incomplete. */
        @Override
        public SocketState process(SocketWrapperBase<?> socket, SocketEvent event) throws IOException {
            Incomplete before = incomplete != null && incomplete.socket.equals(socket) ? incomplete : null;
            incomplete = null;
            if (before != null && isLate(before)) {
                refuse();
                return SocketState.CLOSED;
            }
            SocketState state = super.process(socket, event);
            if (state == SocketState.LONG) {
                incomplete = before == null ? new Incomplete(socket, System.nanoTime()) : before;
            }
            return state;
        }

        private boolean isLate(Incomplete request) {
            long timeout = TimeUnit.MILLISECONDS.toNanos(protocol.getConnectionTimeout());
            return request.socket.getError() instanceof SocketTimeoutException
                    || System.nanoTime() - request.since > timeout;
        }

        /** Answers as Tomcat does to a request that it cannot parse. */
        private void refuse() {
            response.setStatus(408);
            setErrorState(
                    ErrorState.CLOSE_CLEAN,
                    new SocketTimeoutException("The request line or header came too slowly. Nothing was done."));
            try {
                getAdapter().service(request, response);
            } catch (Exception e) {
                getLog().debug("The answer 408 was not sent", e);
            }
        }
    }

    private record Incomplete(SocketWrapperBase<?> socket, long since) {}
}
