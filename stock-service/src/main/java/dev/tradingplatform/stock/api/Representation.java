package dev.tradingplatform.stock.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How bars are written. */
enum Representation {
    JSON("application/json"),
    CSV("text/csv;charset=UTF-8"),
    NDJSON("application/x-ndjson");

    private final String contentType;

    Representation(String contentType) {
        this.contentType = contentType;
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(contentType);
    }

    /** Returns the representation that the header Accept prefers, or nothing if it fits none. */
    static Optional<Representation> accepted(HttpServletRequest request) {
        String accept =
                Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse(MediaType.ALL_VALUE);
        List<MediaType> ranges;
        try {
            ranges = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException _) {
            return Optional.empty();
        }
        Representation best = JSON;
        for (Representation representation : values()) {
            best = representation.quality(ranges) > best.quality(ranges) ? representation : best;
        }
        return best.quality(ranges) == 0 ? Optional.empty() : Optional.of(best);
    }

    /** The most specific range that includes a type decides (RFC 9110 §12.5.1). */
    private double quality(List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.includes(mediaType()))
                .min(Comparator.comparing(MediaType::isWildcardType).thenComparing(MediaType::isWildcardSubtype))
                .map(MediaType::getQualityValue)
                .orElse(ranges.isEmpty() ? 1.0 : 0.0);
    }
}
