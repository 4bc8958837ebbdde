package dev.tradingplatform.stock.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written first and read afterwards: in memory while they are few, in a spool file when they are many.
 * For one thread.
 */
public final class SpooledBytes extends OutputStream {

    /** What a page of a few thousand bars takes. */
    private static final int IN_MEMORY = 1 << 20;

    private static final int FIRST = 1 << 13;

    private final Spool spool;
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST);
    private @Nullable SpoolFile file;

    /** Begins without any bytes. */
    public SpooledBytes(Spool spool) {
        this.spool = spool;
    }

    /** Returns how many bytes were written. */
    public long size() {
        return (file == null ? 0 : file.size()) + buffer.position();
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            makeRoom();
            int count = Math.min(left, buffer.remaining());
            buffer.put(bytes, from, count);
            from += count;
            left -= count;
        }
    }

    /** Writes everything to where it is to go; nothing may be written to this afterwards. */
    public void transferTo(OutputStream target) throws IOException {
        if (file != null) {
            flushTo(file);
            for (long position = 0; position < file.size(); position += buffer.limit()) {
                buffer.clear();
                file.read(buffer, position);
                buffer.flip();
                target.write(buffer.array(), 0, buffer.limit());
            }
        } else {
            target.write(buffer.array(), 0, buffer.position());
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    private void makeRoom() {
        if (buffer.hasRemaining()) {
            return;
        }
        if (buffer.capacity() < IN_MEMORY) {
            buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
            return;
        }
        if (file == null) {
            file = spool.file();
        }
        flushTo(file);
    }

    private void flushTo(SpoolFile target) {
        target.append(buffer.flip());
        buffer.clear();
    }
}
