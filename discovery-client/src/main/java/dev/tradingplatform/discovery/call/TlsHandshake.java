package dev.tradingplatform.discovery.call;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * The HTTP client's handshake, whose failure can be told from that of the connection below it. Thread-safe.
 *
 * @param strategy makes it
 */
record TlsHandshake(TlsSocketStrategy strategy) implements TlsSocketStrategy {

    /** With the certificates the JVM trusts. */
    static TlsHandshake usual() {
        return new TlsHandshake(DefaultClientTlsStrategy.createDefault());
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        try {
            return strategy.upgrade(socket, target, port, attachment, context);
        } catch (IOException failed) {
            throw new Failed(failed);
        }
    }

    /** There was a connection, but not to anybody who speaks TLS, or not as it should. */
    static final class Failed extends IOException {

        private static final long serialVersionUID = 1;

        Failed(IOException cause) {
            super("TLS handshake: " + cause.getMessage(), cause);
        }

        /** Whether the time for it was over. */
        boolean late() {
            return getCause() instanceof SocketTimeoutException;
        }

        /** Whether the certificate is for another name, or of nobody we know: who listens there is not who is meant. */
        boolean foreign() {
            return getCause() instanceof SSLPeerUnverifiedException
                    || (getCause() instanceof IOException wrapping
                            && wrapping.getCause() instanceof CertificateException);
        }
    }
}
