package dev.tradingplatform.stock.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.springframework.util.unit.DataSize;

/** A gzip body, decompressed. It is refused if it is too large, or if its ratio is that of no table of numbers. */
final class DecompressedBody extends CountedBody {

    private static final int MAX_RATIO = 200;
    private static final DataSize ANY_RATIO = DataSize.ofMegabytes(1);

    private final LimitedBody compressed;
    private final DataSize limit;

    /** Begins to read a body of at most {@code limit} after decompression. */
    DecompressedBody(LimitedBody compressed, DataSize limit) throws IOException {
        super(new GZIPInputStream(compressed, 1 << 13));
        this.compressed = compressed;
        this.limit = limit;
    }

    /** Returns a body without its content encoding. */
    static InputStream of(LimitedBody body, boolean gzip, DataSize limit) throws IOException {
        return gzip ? new DecompressedBody(body, limit) : body;
    }

    @Override
    void check() {
        if (received() > limit.toBytes()) {
            throw LimitedBody.tooLarge(limit);
        }
        if (received() > ANY_RATIO.toBytes() && received() / MAX_RATIO > compressed.received()) {
            throw Problems.payloadTooLarge(MAX_RATIO + " bytes for each byte of gzip");
        }
    }
}
