package dev.tradingplatform.stock.limits;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read, and checks their number after each read. For one thread. */
class CheckedStream extends FilterInputStream {

    private final Check check;
    private long count;

    CheckedStream(InputStream source, Check check) {
        super(source);
        this.check = check;
    }

    final long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        add(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        add(read);
        return read;
    }

    private void add(int bytes) throws IOException {
        if (bytes > 0) {
            count += bytes;
            check.check(count);
        }
    }

    /** What may fail a read. */
    interface Check {
        void check(long count) throws IOException;
    }
}
