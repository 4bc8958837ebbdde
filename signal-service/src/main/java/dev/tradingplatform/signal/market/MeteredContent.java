package dev.tradingplatform.signal.market;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Content that counts what is read of it, ends at a limit, and remembers whether it was the content that failed: seen
 * from whoever sends it on, reading and writing fail alike. One thread at a time.
 */
final class MeteredContent extends FilterInputStream {

    private final long limit;
    private Runnable abort = () -> {};
    private boolean invited;
    private long count;
    private @Nullable ImportFailure failure;

    MeteredContent(InputStream content, long limit) {
        super(content);
        this.limit = limit;
    }

    /**
     * Holds it back until the next receiver asks for it.
     *
     * @param whenUnreadable what to do when reading fails, before whoever reads hears of it: to close what was begun
     *     would make a part look like the whole
     */
    void offer(Runnable whenUnreadable) {
        abort = whenUnreadable;
        invited = false;
    }

    /** The receiver asked for it. */
    void invite() {
        invited = true;
    }

    /** Whether any of it may be on its way. */
    boolean begun() {
        return count > 0;
    }

    /** Why it could not be read. */
    Optional<ImportFailure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!invited) {
            abort.run();
            throw new IOException("did not ask for the file");
        }
        int read = readOrRemember(bytes, offset, length);
        count += Math.max(0, read);
        if (count > limit) {
            IOException tooLarge = new IOException("more than " + limit + " bytes");
            failure = new ImportFailure.TooLarge(tooMuch(limit), tooLarge);
            abort.run();
            throw tooLarge;
        }
        return read;
    }

    /** Whoever sends it closes it, even when the next is to read it. Its owner closes the content. */
    @Override
    public void close() {}

    private int readOrRemember(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            failure = new ImportFailure.BrokenOff(
                    "the file broke off after %d bytes; nothing was written".formatted(count), e);
            abort.run();
            throw e;
        }
    }

    static String tooMuch(long limit) {
        return "the file is larger than %d bytes, which is the most at once".formatted(limit);
    }
}
