package dev.tradingplatform.stock.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.stock.spool.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

class ResponseBufferTest {

    private static final int LARGE = 3 << 20;

    private final Random random = new Random(7);
    private final AtomicLong nanos = new AtomicLong();
    private final MinTransferRate minRate =
            new MinTransferRate(new LimitSettings(1, DataSize.ofKilobytes(16), Duration.ofSeconds(10)), nanos::get);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 32_767, 32_768, 32_769, 500_000, LARGE})
    void whatWasWrittenComesBack(int size) {
        byte[] content = content(size);

        withSpool(spool -> {
            ResponseEntity<InputStreamResource> answer = written(content, spool);

            assertThat(answer.getHeaders().getContentLength()).isEqualTo(size);
            assertThat(read(answer)).isEqualTo(content);
        });
    }

    @Test
    void fileOnDiskHasNoName() {
        withSpool(spool -> {
            ResponseEntity<InputStreamResource> answer = written(content(LARGE), spool);

            assertThat(directory).isEmptyDirectory();
            assertThat(read(answer)).hasSize(LARGE);
        });
    }

    @Test
    void smallAnswerNeedsNoDisk() {
        Path none = directory.resolve("none");

        new ApplicationContextRunner()
                .withPropertyValues("stock.spool.directory=" + none)
                .withUserConfiguration(Spool.class)
                .run(context -> written(content(30_000), context.getBean(Spool.class)));

        assertThat(Files.exists(none)).isFalse();
    }

    @Test
    void endsAnAnswerThatIsReadTooSlowly() {
        withSpool(spool -> {
            InputStream answer = stream(written(content(LARGE), spool));
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(firstByte(answer)).isNotNegative();

            nanos.addAndGet(Duration.ofMillis(1).toNanos());

            assertThatExceptionOfType(ClientAbortException.class).isThrownBy(() -> answer.readNBytes(1));
        });
    }

    private void withSpool(Consumer<Spool> use) {
        new ApplicationContextRunner()
                .withPropertyValues("stock.spool.directory=" + directory)
                .withUserConfiguration(Spool.class)
                .run(context -> use.accept(context.getBean(Spool.class)));
    }

    private ResponseEntity<InputStreamResource> written(byte[] content, Spool spool) {
        ResponseBuffer buffer = new ResponseBuffer(spool, minRate);
        for (int from = 0; from < content.length; ) {
            int length = Math.min(content.length - from, 1 + random.nextInt(20_000));
            buffer.write(content, from, length);
            from += length;
        }
        return buffer.answer(ResponseEntity.ok());
    }

    private byte[] content(int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return content;
    }

    private static InputStream stream(ResponseEntity<InputStreamResource> answer) {
        InputStreamResource body = answer.getBody();
        Assert.state(body != null, "the answer has no body");
        try {
            return body.getInputStream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] read(ResponseEntity<InputStreamResource> answer) {
        try (InputStream content = stream(answer)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int firstByte(InputStream answer) {
        try {
            return answer.read();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
