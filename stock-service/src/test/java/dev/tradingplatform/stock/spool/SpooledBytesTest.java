package dev.tradingplatform.stock.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpooledBytesTest {

    private static final int PIECE = 5000;
    /** What waiting answers share. */
    private static final long ALL = Runtime.getRuntime().maxMemory() / 8;

    private final Random random = new Random(7);

    @TempDir
    private Path directory;

    private Spool spool;

    @BeforeEach
    void makeSpool() {
        spool = new Spool(new SpoolSettings(directory.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 8191, 8192, 8193, 65_536, 500_000, 1 << 20, (1 << 20) + 1, (1 << 20) + (1 << 16) + 1, 3 << 20
            })
    void whatWasWrittenComesBack(int size) throws IOException {
        byte[] content = content(size);
        try (SpooledBytes bytes = written(content)) {
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            bytes.transferTo(back);

            assertThat(bytes.size()).isEqualTo(size);
            assertThat(back.toByteArray()).isEqualTo(content);
            assertThat(bytes.next(PIECE).hasRemaining()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8192, 300_000, 3 << 20})
    void whatIsLeftComesBackAfterMemoryIsGivenUp(int size) throws IOException {
        byte[] content = content(size);
        takeAllMemory();
        try (SpooledBytes bytes = written(content)) {
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            append(back, bytes.next(PIECE));

            bytes.park();

            append(back, bytes.next(PIECE / 2));
            bytes.transferTo(back);
            assertThat(back.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void memoryOfWaitingAnswersIsGivenBack() {
        try (SpooledBytes waiting = written(content(1 << 20))) {
            waiting.park();

            assertThat(spool.lend(ALL)).isFalse();
        }
        takeAllMemory();
    }

    @Test
    void fileOnDiskHasNoName() throws IOException {
        try (SpooledBytes large = written(content(3 << 20));
                Stream<Path> files = Files.list(directory)) {
            assertThat(large.next(PIECE).remaining()).isEqualTo(PIECE);
            assertThat(files).isEmpty();
        }
    }

    private void takeAllMemory() {
        assertThat(spool.lend(ALL)).isTrue();
    }

    private SpooledBytes written(byte[] content) {
        SpooledBytes bytes = new SpooledBytes(spool);
        for (int from = 0; from < content.length; ) {
            int length = Math.min(content.length - from, 1 + random.nextInt(20_000));
            bytes.write(content, from, length);
            from += length;
        }
        return bytes;
    }

    private byte[] content(int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return content;
    }

    private static void append(ByteArrayOutputStream target, ByteBuffer piece) {
        target.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
    }
}
