package dev.tradingplatform.stock.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;

/** A body that ends in a refusal when it is larger than it may be, or comes more slowly. For one thread. */
final class LimitedBody extends FilterInputStream {

    private final DataSize limit;
    private final Pace pace;
    private final long begun;
    private long read;

    LimitedBody(InputStream body, DataSize limit, Pace pace) {
        super(body);
        this.limit = limit;
        this.pace = pace;
        this.begun = pace.begin();
    }

    static ErrorResponseException tooLarge(DataSize limit) {
        return Problems.payloadTooLarge(limit.toBytes() + " bytes");
    }

    /** Returns how many bytes have been read. */
    long received() {
        return read;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int bytes) {
        read += bytes;
        if (read > limit.toBytes()) {
            throw tooLarge(limit);
        }
        if (bytes > 0 && pace.isTooSlow(read, begun)) {
            throw Problems.requestTimeout();
        }
    }
}
