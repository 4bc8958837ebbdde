package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.intake.BodyFormat;
import dev.tradingplatform.stock.intake.Harvest;
import dev.tradingplatform.stock.intake.Intake;
import dev.tradingplatform.stock.intake.IntakeOptions;
import dev.tradingplatform.stock.intake.IntakeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Reads request bodies by what they say they are. */
@Component
class Bodies {

    private static final Map<String, BodyFormat> FORMATS = Map.of(
            "application/json", BodyFormat.JSON,
            "text/csv", BodyFormat.CSV,
            "application/csv", BodyFormat.CSV,
            "application/x-ndjson", BodyFormat.NDJSON,
            "application/ndjson", BodyFormat.NDJSON);

    private final Intake intake;
    private final DataSize limit;

    Bodies(Intake intake, IntakeSettings settings) {
        this.intake = intake;
        this.limit = settings.maxSize();
    }

    /** Reads many bars; faults are the caller's to judge. */
    Harvest bars(HttpServletRequest request, IntakeOptions options) {
        return read(request, options, FORMATS, "application/json, application/x-ndjson or text/csv");
    }

    /** Reads the one bar that is to be at an address, and refuses anything else. */
    Bar bar(HttpServletRequest request, BarController.BarAddress address) {
        IntakeOptions options = IntakeOptions.single(
                address.key().ticker(), address.start(), address.key().timeframe());
        Harvest harvest = read(request, options, Map.of("application/json", BodyFormat.JSON), "application/json");
        if (harvest.faults().total() > 0 || harvest.received() != 1) {
            throw Problems.validationFailed(harvest.faults());
        }
        return harvest.bars().values().iterator().next().getFirst();
    }

    private Harvest read(
            HttpServletRequest request, IntakeOptions options, Map<String, BodyFormat> formats, String expected) {
        String contentType = Optional.ofNullable(request.getContentType()).orElse("none");
        MediaType type = mediaType(contentType, expected);
        BodyFormat format = Optional.ofNullable(formats.get(type.getType() + "/" + type.getSubtype()))
                .orElseThrow(() -> Problems.unsupportedMediaType(contentType, expected));
        if (request.getContentLengthLong() > limit.toBytes()) {
            throw LimitedBody.tooLarge(limit);
        }
        Charset charset = Optional.ofNullable(type.getCharset()).orElse(StandardCharsets.UTF_8);
        try (Reader reader = new InputStreamReader(new LimitedBody(request.getInputStream(), limit), charset)) {
            return intake.read(reader, format, options);
        } catch (IOException _) {
            // The client went away or timed out; there is nobody to tell more.
            throw Problems.bodyUnreadable();
        }
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
}
