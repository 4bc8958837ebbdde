package dev.tradingplatform.stock.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.stock.limits.LimitExceededException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RequestBodyLimitTest {

    private final AtomicLong nanos = new AtomicLong();
    private final MinTransferRate minRate =
            new MinTransferRate(new LimitSettings(1, DataSize.ofBytes(1000), Duration.ofSeconds(10)), nanos::get);

    @Test
    void readsABodyOfExactlyTheMaximumSize() throws IOException {
        InputStream body = limit(5000).apply(zeros(5000));

        assertThat(body.readAllBytes()).hasSize(5000);
    }

    @Test
    void refusesABodyOfOneByteMore() {
        InputStream body = limit(5000).apply(zeros(5001));

        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(body::readAllBytes)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.BODY_SIZE))
                .satisfies(e -> assertThat(e.limit()).isEqualTo("5000 bytes"));
    }

    @Test
    void allowsOneMoreSecondForEachThousandBytes() throws IOException {
        InputStream body = limit(5000).apply(zeros(5000));

        nanos.set(Duration.ofSeconds(12).toNanos());
        assertThat(body.readNBytes(2000)).hasSize(2000);
        nanos.addAndGet(1);

        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(body::read)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TRANSFER_RATE));
    }

    @Test
    void limitsTheSizeAfterDecompression() throws IOException {
        InputStream body = limit(5000).applyAndGunzip(gzip(5001));

        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                .satisfies(e -> assertThat(e.limit()).isEqualTo("5000 bytes"));
    }

    @Test
    void refusesACompressionRatioOfMoreThan200() throws IOException {
        InputStream body = limit(1 << 30).applyAndGunzip(gzip(10 << 20));

        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                .satisfies(e -> assertThat(e.limit()).isEqualTo("200 bytes for each byte of gzip"));
    }

    private RequestBodyLimit limit(int bytes) {
        return new RequestBodyLimit(DataSize.ofBytes(bytes), minRate);
    }

    private static InputStream zeros(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }

    private static InputStream gzip(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[size]);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
