package dev.tradingplatform.stock.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.springframework.util.unit.DataSize;

/** A gzip body, decompressed; refused when it becomes too large, or expands as no table of numbers does. */
final class DecompressedBody extends FilterInputStream {

    private static final int MAX_RATIO = 200;
    private static final DataSize ANY_RATIO = DataSize.ofMegabytes(1);

    private final LimitedBody compressed;
    private final DataSize limit;
    private long read;

    /** Begins to read a body of at most {@code limit} after decompression. */
    DecompressedBody(LimitedBody compressed, DataSize limit) throws IOException {
        super(new GZIPInputStream(compressed, 1 << 13));
        this.compressed = compressed;
        this.limit = limit;
    }

    /** Returns a body as it was before it was sent. */
    static InputStream of(LimitedBody body, boolean gzip, DataSize limit) throws IOException {
        return gzip ? new DecompressedBody(body, limit) : body;
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
            throw LimitedBody.tooLarge(limit);
        }
        if (read > ANY_RATIO.toBytes() && read / MAX_RATIO > compressed.received()) {
            throw Problems.payloadTooLarge(MAX_RATIO + " bytes for each byte of gzip");
        }
    }
}
