package dev.tradingplatform.stock.limits;

import dev.tradingplatform.stock.spool.Spool;
import dev.tradingplatform.stock.spool.SpoolFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;

/**
 * Takes a whole answer before any of it is sent, so that a slow client holds no database connection: up to 32 KB in
 * memory, a larger one in a spool file. For one thread.
 */
public final class ResponseBuffer extends OutputStream {

    private static final int IN_MEMORY = 1 << 15;

    private final Spool spool;
    private final MinTransferRate minRate;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(1 << 13);
    private @Nullable SpoolFile file;

    /** Starts an answer in memory. */
    ResponseBuffer(Spool spool, MinTransferRate minRate) {
        this.spool = spool;
        this.minRate = minRate;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** @throws dev.tradingplatform.stock.spool.SpoolFailedException if the disk is full or fails */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        memory.write(bytes, offset, length);
        if (memory.size() >= IN_MEMORY) {
            moveTo(file == null ? spool.file() : file);
        }
    }

    /** Returns the answer. The connection is closed if its client reads too slowly. Spring closes the file. */
    ResponseEntity<InputStreamResource> answer(ResponseEntity.BodyBuilder head) {
        InputStream whole = new ByteArrayInputStream(memory.toByteArray());
        long size = memory.size();
        if (file != null) {
            moveTo(file);
            size = file.size();
            whole = file.content();
        }
        // Each block is read when the one before it was sent.
        MinTransferRate.Transfer transfer = minRate.start();
        InputStream checked = new CheckedStream(whole, bytes -> {
            if (transfer.isTooSlow(bytes)) {
                throw new ClientAbortException(bytes + " bytes of the answer were read too slowly");
            }
        });
        return head.contentLength(size).body(new InputStreamResource(checked));
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    private void moveTo(SpoolFile target) {
        file = target;
        target.append(ByteBuffer.wrap(memory.toByteArray()));
        memory.reset();
    }
}
