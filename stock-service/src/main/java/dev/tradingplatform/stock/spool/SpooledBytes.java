package dev.tradingplatform.stock.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written first and read afterwards: in memory while they are few, in a spool file when they are many.
 * For one thread at a time.
 */
public final class SpooledBytes extends OutputStream {

    /** What a page of a few thousand bars takes. */
    private static final int IN_MEMORY = 1 << 20;

    private static final int FIRST = 1 << 13;

    private final Spool spool;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private @Nullable SpoolFile file;
    private long position;
    private long parked;

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

    /**
     * Returns the bytes that come next; they are good until the next call. Nothing may be written any more.
     *
     * @param most how many at most
     * @return none at the end
     * @throws SpoolFailedException if the disk fails
     */
    public ByteBuffer next(int most) {
        SpoolFile source = file;
        int count = (int) Math.min(most, size() - position);
        if (source == null) {
            ByteBuffer piece = ByteBuffer.wrap(buffer.array(), (int) position, count);
            position += count;
            return piece;
        }
        if (position == 0) {
            flushTo(source);
        }
        // What was good for writing is far too much to keep while a slow client reads.
        buffer = buffer.capacity() == most ? buffer.clear() : ByteBuffer.allocate(most);
        source.read(buffer.limit(count), position);
        position += count;
        ByteBuffer piece = buffer.flip().duplicate();
        buffer.clear();
        return piece;
    }

    /**
     * Makes ready for a client that takes its time: beyond what all such answers together may keep in memory, what is
     * left moves to disk.
     *
     * @throws SpoolFailedException if the disk is full or fails
     */
    public void park() {
        if (file != null || parked > 0) {
            return;
        }
        if (spool.lend(buffer.capacity())) {
            parked = buffer.capacity();
            return;
        }
        file = spool.file();
        flushTo(file);
        buffer = ByteBuffer.allocate(0);
    }

    /** Writes everything to where it is to go; nothing may be written to this afterwards. */
    public void transferTo(OutputStream target) throws IOException {
        for (ByteBuffer piece = next(FIRST); piece.hasRemaining(); piece = next(FIRST)) {
            target.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        }
    }

    @Override
    public void close() {
        spool.giveBack(parked);
        parked = 0;
        if (file != null) {
            file.close();
        }
    }

    private void makeRoom() {
        if (buffer.hasRemaining()) {
            return;
        }
        if (buffer.capacity() < IN_MEMORY) {
            buffer = ByteBuffer.allocate(Math.max(FIRST, buffer.capacity() * 2)).put(buffer.flip());
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
