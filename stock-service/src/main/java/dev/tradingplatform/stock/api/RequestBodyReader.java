package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.importing.ArchiveContent;
import dev.tradingplatform.stock.importing.ArchiveReader;
import dev.tradingplatform.stock.importing.BarParser;
import dev.tradingplatform.stock.importing.ImportFormat;
import dev.tradingplatform.stock.importing.ImportOptions;
import dev.tradingplatform.stock.importing.ImportResult;
import dev.tradingplatform.stock.importing.ImportSettings;
import dev.tradingplatform.stock.limits.MinTransferRate;
import dev.tradingplatform.stock.limits.RequestBodyLimit;
import dev.tradingplatform.stock.spool.Spool;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.ZipException;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Reads request bodies by what they say they are. */
@Component
class RequestBodyReader {

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final String IMPORTED = "application/json, application/x-ndjson, text/csv or multipart/form-data";
    private static final DataSize SMALL = DataSize.ofKilobytes(64);
    private static final String ENCODING = "Content-Encoding";

    private final BarParser parser;
    private final ImportSettings settings;
    private final RequestBodyLimit importLimit;
    private final RequestBodyLimit archiveLimit;
    private final RequestBodyLimit smallLimit;
    private final Spool spool;
    private final Semaphore admitted;

    RequestBodyReader(BarParser parser, ImportSettings settings, MinTransferRate minRate, Spool spool) {
        this.parser = parser;
        this.settings = settings;
        this.importLimit = new RequestBodyLimit(settings.maxSize(), minRate);
        this.archiveLimit = new RequestBodyLimit(settings.maxArchiveSize(), minRate);
        this.spool = spool;
        this.smallLimit = new RequestBodyLimit(SMALL, minRate);
        this.admitted = new Semaphore(settings.maxConcurrent());
    }

    /**
     * Reads many bars. What was read counts as a body that is being read until it has been used: while it waits for the
     * writer it waits in memory.
     *
     * @param use judges faults and writes
     */
    <T> T bars(HttpServletRequest request, ImportOptions options, Function<ImportResult, T> use) {
        MediaType type = type(request, UploadedFile::accepts, IMPORTED);
        boolean gzip = isGzip(request);
        return admitted(request, importLimit, () -> {
            try (ImportResult result = received(() -> {
                InputStream received = request.getInputStream();
                InputStream body = gzip ? importLimit.applyAndGunzip(received) : importLimit.apply(received);
                return parsed(UploadedFile.in(body, type), options);
            })) {
                return use.apply(result);
            }
        });
    }

    private ImportResult parsed(UploadedFile file, ImportOptions options) throws IOException {
        ImportResult result = parser.read(file.content(), file.charset(), file.format(), options);
        boolean done = false;
        try {
            file.rest().check();
            done = true;
            return result;
        } finally {
            if (!done) {
                result.close();
            }
        }
    }

    /**
     * Reads an archive.
     *
     * @param use restores it
     */
    <T> T archive(HttpServletRequest request, Function<ArchiveContent, T> use) {
        type(request, NDJSON::equals, NDJSON);
        boolean gzip = isGzip(request);
        return admitted(request, archiveLimit, () -> {
            try (ArchiveContent content = received(() -> {
                InputStream received = request.getInputStream();
                InputStream body = gzip ? archiveLimit.applyAndGunzip(received) : archiveLimit.apply(received);
                return ArchiveReader.read(body, spool);
            })) {
                return use.apply(content);
            }
        });
    }

    /** Reads the one bar that is to be at an address, and refuses anything else. */
    Bar bar(HttpServletRequest request, BarAddress address) {
        ImportOptions options = ImportOptions.single(
                address.key().ticker(), address.start(), address.key().timeframe());
        MediaType type = type(request, JSON::equals, JSON);
        Charset charset = Optional.ofNullable(type.getCharset()).orElse(StandardCharsets.UTF_8);
        return admitted(request, smallLimit, () -> {
            try (ImportResult result = received(() ->
                    parser.read(smallLimit.apply(request.getInputStream()), charset, ImportFormat.JSON, options))) {
                return single(result);
            }
        });
    }

    /** Reads a small JSON document as it is. */
    byte[] json(HttpServletRequest request) {
        type(request, JSON::equals, JSON);
        return admitted(
                request,
                smallLimit,
                () -> received(() -> smallLimit.apply(request.getInputStream()).readAllBytes()));
    }

    private static Bar single(ImportResult result) {
        if (result.faults().total() > 0) {
            throw Problems.validationFailed(result.faults());
        }
        long bars = result.rows().received();
        if (bars != 1) {
            String code = bars == 0 ? "missing" : "not-one-bar";
            String given = bars == 0 ? null : bars + " bars";
            Violation violation = Violation.of(SourceLocation.document(), "body", code, given, "a bar");
            throw Problems.validationFailed(new ImportResult.Faults(List.of(violation), 1, 0, true));
        }
        return result.bars().next().bar();
    }

    private <T> T admitted(HttpServletRequest request, RequestBodyLimit limit, Supplier<T> call) {
        limit.check(request.getContentLengthLong());
        if (!admitted.tryAcquire()) {
            throw Problems.overloaded(settings.maxConcurrent() + " other bodies are being read");
        }
        try {
            return call.get();
        } finally {
            admitted.release();
        }
    }

    private static <T> T received(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SocketTimeoutException _) {
            throw Problems.requestTimeout();
        } catch (ZipException _) {
            throw Problems.notGzip();
        } catch (IOException _) {
            // The client closed the connection, and receives no answer.
            throw Problems.bodyUnreadable();
        }
    }

    private static MediaType type(HttpServletRequest request, Predicate<String> accepted, String expected) {
        String contentType = Optional.ofNullable(request.getContentType()).orElse("none");
        MediaType type = mediaType(contentType, expected);
        if (!accepted.test(type.getType() + "/" + type.getSubtype())) {
            throw Problems.unsupportedMediaType(contentType, expected);
        }
        return type;
    }

    private static boolean isGzip(HttpServletRequest request) {
        String encoding = Optional.ofNullable(request.getHeader(ENCODING)).orElse("identity");
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> true;
            case "identity" -> false;
            default -> throw Problems.unsupportedEncoding(encoding);
        };
    }

    private static MediaType mediaType(String contentType, String expected) {
        List<MediaType> types;
        try {
            types = MediaType.parseMediaTypes(contentType);
        } catch (InvalidMediaTypeException _) {
            throw Problems.unsupportedMediaType(contentType, expected);
        }
        if (types.size() != 1) {
            throw Problems.unsupportedMediaType(contentType, expected);
        }
        return types.getFirst();
    }

    private interface Reading<T> {
        T read() throws IOException;
    }
}
