package dev.tradingplatform.stock.limits;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One connection that sends and reads a little at each {@link #run} and never waits. When the server closes it, it is
 * opened again after 10 s, an idle one at once. For one thread at a time.
 */
final class SlowClient implements Runnable {

    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";
    private static final int RECEIVE_BUFFER = 4096;

    private final int port;
    private final Kind kind;
    private final AtomicInteger answered;
    private final ByteBuffer received;
    private @Nullable SocketChannel channel;
    private int pause;
    private volatile boolean served;

    /**
     * @param number of the client: each eighth reads at the same rate, so that they do not all start again at once
     * @param answered counts the connections on which an answer began
     */
    SlowClient(int port, Kind kind, int number, AtomicInteger answered) {
        this.port = port;
        this.kind = kind;
        this.answered = answered;
        this.received = ByteBuffer.allocate(kind.bytesRead + number % 8 * 256);
    }

    @Override
    public void run() {
        if (pause > 0) {
            pause--;
            return;
        }
        try {
            SocketChannel current = channel;
            if (current == null) {
                channel = open();
                return;
            }
            if (!kind.sent.isEmpty()) {
                send(current, kind.sent);
            }
            if (kind.bytesRead > 0) {
                read(current);
            }
        } catch (IOException _) {
            close();
        }
    }

    void close() {
        try {
            SocketChannel current = channel;
            if (current != null) {
                current.close();
            }
        } catch (IOException _) {
            // The server was faster.
        }
        channel = null;
        if (served) {
            served = false;
            answered.decrementAndGet();
        }
        pause = kind.ticksToReopen();
    }

    private SocketChannel open() throws IOException {
        SocketChannel opened = SocketChannel.open();
        opened.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        opened.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        opened.configureBlocking(false);
        send(opened, kind.head);
        return opened;
    }

    private static void send(SocketChannel target, String text) throws IOException {
        target.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private void read(SocketChannel source) throws IOException {
        int count = source.read(received.clear());
        if (count < 0) {
            throw new IOException("closed by the server");
        }
        if (count > 0 && !served) {
            served = true;
            answered.incrementAndGet();
        }
    }

    /** Ways to be slow. */
    enum Kind {
        /** 20 to 29 KB/s, which is more than the minimum of 16 KB/s. */
        SLOW_READER("GET " + SlowClientsTest.LARGE + SlowClient.HOST + "\r\n", "", 4096, Duration.ofMillis(200)),
        NO_READER("GET " + SlowClientsTest.LARGE + SlowClient.HOST + "\r\n", "", 0, Duration.ofMillis(200)),
        SLOW_BODY(
                "POST /api/v1/data/BODY?timeframe=1m" + SlowClient.HOST
                        + "Content-Type: text/csv\r\nContent-Length: 100000\r\n\r\ntimestamp,open,high,low,close,volume\n",
                "2024-01-02T00:00:00Z,1,2,1,2,3\n",
                512,
                Duration.ofMillis(500)),
        SLOW_HEADER("GET " + SlowClientsTest.SMALL + SlowClient.HOST + "X-Slow: ", "a", 512, Duration.ofMillis(500)),
        IDLE("GET " + SlowClientsTest.SMALL + SlowClient.HOST + "\r\n", "", 8192, Duration.ofSeconds(2));

        private static final Duration PAUSE = Duration.ofSeconds(10);

        private final String head;
        private final String sent;
        private final int bytesRead;
        private final Duration period;

        Kind(String head, String sent, int bytesRead, Duration period) {
            this.head = head;
            this.sent = sent;
            this.bytesRead = bytesRead;
            this.period = period;
        }

        Duration period() {
            return period;
        }

        private int ticksToReopen() {
            return this == IDLE ? 0 : (int) PAUSE.dividedBy(period);
        }
    }
}
