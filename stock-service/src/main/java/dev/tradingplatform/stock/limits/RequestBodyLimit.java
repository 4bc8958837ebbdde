package dev.tradingplatform.stock.limits;

import dev.tradingplatform.stock.limits.LimitExceededException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.springframework.util.unit.DataSize;

/** Limits of a request body. What reads it gets a {@link LimitExceededException} where it exceeds one. */
public record RequestBodyLimit(DataSize maxSize, MinTransferRate minRate) {

    private static final int MAX_GZIP_RATIO = 200;

    /** Bytes after decompression up to which the ratio is not checked. */
    private static final long ANY_GZIP_RATIO = 1 << 20;

    /** Refuses a body by the header {@code Content-Length}, before it is read. */
    public void check(long contentLength) {
        if (contentLength > maxSize.toBytes()) {
            throw new LimitExceededException(Kind.BODY_SIZE, maxSize.toBytes() + " bytes");
        }
    }

    /** Limits the size and the rate of a body. The grace period of the rate starts now. */
    public InputStream apply(InputStream body) {
        return limited(body);
    }

    /**
     * Limits and decompresses a body. Its size after decompression is limited too, and its compression ratio: no table
     * of numbers has a higher one.
     *
     * @throws IOException if it is not gzip
     */
    public InputStream applyAndGunzip(InputStream body) throws IOException {
        CheckedStream compressed = limited(body);
        return new CheckedStream(new GZIPInputStream(compressed, 1 << 13), size -> {
            check(size);
            if (size > ANY_GZIP_RATIO && size / MAX_GZIP_RATIO > compressed.count()) {
                throw new LimitExceededException(Kind.BODY_SIZE, MAX_GZIP_RATIO + " bytes for each byte of gzip");
            }
        });
    }

    private CheckedStream limited(InputStream body) {
        MinTransferRate.Transfer transfer = minRate.start();
        return new CheckedStream(body, size -> {
            check(size);
            if (transfer.isTooSlow(size)) {
                throw new LimitExceededException(Kind.TRANSFER_RATE, "the minimum rate of a body");
            }
        });
    }
}
