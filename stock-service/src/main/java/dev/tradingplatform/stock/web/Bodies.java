package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.intake.BodyFormat;
import dev.tradingplatform.stock.intake.Harvest;
import dev.tradingplatform.stock.intake.Intake;
import dev.tradingplatform.stock.intake.IntakeOptions;
import dev.tradingplatform.stock.intake.IntakeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Reads request bodies by what they say they are. */
@Component
class Bodies {

    private static final String JSON = "application/json";
    private static final DataSize SMALL = DataSize.ofKilobytes(64);
    private static final Map<String, BodyFormat> FORMATS = Map.of(
            JSON,
            BodyFormat.JSON,
            "text/csv",
            BodyFormat.CSV,
            "application/csv",
            BodyFormat.CSV,
            "application/x-ndjson",
            BodyFormat.NDJSON,
            "application/ndjson",
            BodyFormat.NDJSON);

    private final Intake intake;
    private final IntakeSettings settings;
    private final Pace pace;
    private final Semaphore admitted;

    Bodies(Intake intake, IntakeSettings settings, LongSupplier nanoTime) {
        this.intake = intake;
        this.settings = settings;
        this.pace = new Pace(settings.patience(), settings.slowestRate(), nanoTime);
        this.admitted = new Semaphore(settings.maxConcurrent());
    }

    /**
     * Reads many bars. What was read counts as a body that is being read until it has been used: while it waits for the
     * writer it waits in memory.
     *
     * @param use judges faults and writes
     */
    <T> T bars(HttpServletRequest request, IntakeOptions options, Function<Harvest, T> use) {
        return read(request, options, FORMATS, use);
    }

    /** Reads the one bar that is to be at an address, and refuses anything else. */
    Bar bar(HttpServletRequest request, BarController.BarAddress address) {
        IntakeOptions options = IntakeOptions.single(
                address.key().ticker(), address.start(), address.key().timeframe());
        return read(request, options, Map.of(JSON, BodyFormat.JSON), Bodies::single);
    }

    /** Reads a small JSON document as it is. */
    byte[] json(HttpServletRequest request) {
        type(request, Set.of(JSON));
        return admitted(request, SMALL, () -> received(request, SMALL, InputStream::readAllBytes));
    }

    private <T> T read(
            HttpServletRequest request,
            IntakeOptions options,
            Map<String, BodyFormat> formats,
            Function<Harvest, T> use) {
        MediaType type = type(request, formats.keySet());
        BodyFormat format = Optional.ofNullable(formats.get(name(type))).orElseThrow();
        Charset charset = Optional.ofNullable(type.getCharset()).orElse(StandardCharsets.UTF_8);
        DataSize limit = options.start().isPresent() ? SMALL : settings.maxSize();
        return admitted(request, limit, () -> {
            try (Harvest harvest = received(
                    request, limit, body -> intake.read(new InputStreamReader(body, charset), format, options))) {
                return use.apply(harvest);
            }
        });
    }

    private static Bar single(Harvest harvest) {
        if (harvest.faults().total() > 0) {
            throw Problems.validationFailed(harvest.faults());
        }
        if (harvest.received() == 0) {
            Violation nothing = Violation.of(Place.document(), "body", "missing", null, "a bar");
            throw Problems.validationFailed(new Harvest.Faults(List.of(nothing), 1, 0, true));
        }
        return harvest.bars().next().bar();
    }

    private <T> T admitted(HttpServletRequest request, DataSize limit, Supplier<T> call) {
        if (request.getContentLengthLong() > limit.toBytes()) {
            throw LimitedBody.tooLarge(limit);
        }
        if (!admitted.tryAcquire()) {
            throw Problems.overloaded(settings.maxConcurrent() + " other bodies are being read");
        }
        try {
            return call.get();
        } finally {
            admitted.release();
        }
    }

    private <T> T received(HttpServletRequest request, DataSize limit, Reading<T> reading) {
        try (LimitedBody body = new LimitedBody(request.getInputStream(), limit, pace)) {
            return reading.of(body);
        } catch (SocketTimeoutException _) {
            throw Problems.requestTimeout();
        } catch (IOException _) {
            // The client went away; there is nobody to tell more.
            throw Problems.bodyUnreadable();
        }
    }

    private static MediaType type(HttpServletRequest request, Set<String> names) {
        String expected = names.size() == 1 ? JSON : "application/json, application/x-ndjson or text/csv";
        String contentType = Optional.ofNullable(request.getContentType()).orElse("none");
        MediaType type = mediaType(contentType, expected);
        if (!names.contains(name(type))) {
            throw Problems.unsupportedMediaType(contentType, expected);
        }
        return type;
    }

    private static String name(MediaType type) {
        return type.getType() + "/" + type.getSubtype();
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
        T of(InputStream body) throws IOException;
    }
}
