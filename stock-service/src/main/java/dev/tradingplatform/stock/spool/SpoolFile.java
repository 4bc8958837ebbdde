package dev.tradingplatform.stock.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file without a name: the directory entry is gone as soon as it is open. For one thread. */
public final class SpoolFile implements AutoCloseable {

    private final FileChannel channel;
    private long size;

    private SpoolFile(FileChannel channel) {
        this.channel = channel;
    }

    static SpoolFile in(Path directory) throws IOException {
        return new SpoolFile(FileChannel.open(
                directory.resolve("stock-spool-" + UUID.randomUUID()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** Returns how many bytes were appended. */
    public long size() {
        return size;
    }

    /**
     * Appends all that remains of a buffer.
     *
     * @throws SpoolFailedException if the disk is full or fails
     */
    public void append(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                size += channel.write(bytes, size);
            }
        } catch (IOException e) {
            throw new SpoolFailedException(e);
        }
    }

    /**
     * Fills what remains of a buffer, or as much of it as there are bytes.
     *
     * @param position of the first byte
     * @throws SpoolFailedException if the disk fails
     */
    public void read(ByteBuffer bytes, long position) {
        try {
            long from = position;
            for (int count = 0; count >= 0 && bytes.hasRemaining(); from += Math.max(count, 0)) {
                count = channel.read(bytes, from);
            }
        } catch (IOException e) {
            throw new SpoolFailedException(e);
        }
    }

    /** Returns all that was appended. Closing it closes the file. */
    public InputStream content() {
        return Channels.newInputStream(channel);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new SpoolFailedException(e);
        }
    }
}
