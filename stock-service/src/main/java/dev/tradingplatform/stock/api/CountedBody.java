package dev.tradingplatform.stock.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that counts its bytes and checks each read. For one thread. */
abstract class CountedBody extends FilterInputStream {

    private long received;

    CountedBody(InputStream body) {
        super(body);
    }

    /** Returns how many bytes have been read. */
    final long received() {
        return received;
    }

    /** Is called after bytes were read. Throws an exception if the body is refused. */
    abstract void check();

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(count);
        return count;
    }

    private void count(int bytes) {
        if (bytes > 0) {
            received += bytes;
            check();
        }
    }
}
