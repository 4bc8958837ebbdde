package dev.tradingplatform.stock.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written first and read afterwards: in memory while they are few, in a spool file when they are many.
 * For one thread at a time.
 */
public final class SpooledBytes extends OutputStream {

    /** What a page of a few thousand bars takes. */
    private static final int IN_MEMORY = 1 << 20;

    private static final int FIRST = 1 << 13;

    /** Far below half of a region of the heap, from where on an array costs its collector more than it is worth. */
    private static final int CHUNK = 1 << 16;

    private final Spool spool;
    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private @Nullable SpoolFile file;
    private boolean written;
    private long size;
    private long position;
    private long parked;

    /** Begins without any bytes. */
    public SpooledBytes(Spool spool) {
        this.spool = spool;
    }

    /** Returns how many bytes were written. */
    public long size() {
        return size;
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
            int count = Math.min(left, current.remaining());
            current.put(bytes, from, count);
            size += count;
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
        endWriting();
        return file == null ? fromMemory(most) : fromFile(file, most);
    }

    /**
     * Makes ready for a client that takes its time: beyond what all such answers together may keep in memory, what is
     * left moves to disk. Nothing may be written any more.
     *
     * @throws SpoolFailedException if the disk is full or fails
     */
    public void park() {
        if (file != null || parked > 0) {
            return;
        }
        endWriting();
        long kept = chunks.stream().mapToLong(ByteBuffer::capacity).sum();
        if (spool.lend(kept)) {
            parked = kept;
            return;
        }
        moveTo(spool.file());
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
        if (current.hasRemaining()) {
            return;
        }
        chunks.add(current.flip());
        if (size < IN_MEMORY) {
            current = ByteBuffer.allocate(Math.clamp(size, FIRST, CHUNK));
            return;
        }
        moveTo(file == null ? spool.file() : file);
        current.clear();
    }

    private void endWriting() {
        if (written) {
            return;
        }
        written = true;
        chunks.add(current.flip());
        if (file != null) {
            moveTo(file);
        }
        current = ByteBuffer.allocate(0);
    }

    private void moveTo(SpoolFile target) {
        file = target;
        chunks.forEach(target::append);
        chunks.clear();
    }

    private ByteBuffer fromMemory(int most) {
        while (!chunks.isEmpty() && !chunks.element().hasRemaining()) {
            chunks.remove();
        }
        ByteBuffer chunk = chunks.isEmpty() ? current : chunks.element();
        ByteBuffer piece = chunk.slice(chunk.position(), Math.min(most, chunk.remaining()));
        chunk.position(chunk.position() + piece.remaining());
        return piece;
    }

    private ByteBuffer fromFile(SpoolFile source, int most) {
        int count = (int) Math.min(most, source.size() - position);
        current = current.capacity() == most ? current : ByteBuffer.allocate(most);
        source.read(current.clear().limit(count), position);
        position += count;
        return current.flip();
    }
}
