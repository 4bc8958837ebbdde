package dev.tradingplatform.signal.answer;

import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.query.Query;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.context.request.WebRequest;

/** How an answer is written. */
public enum Format {
    /** One document. */
    JSON(MediaType.APPLICATION_JSON_VALUE),
    /** One JSON document a line. */
    NDJSON(MediaType.APPLICATION_NDJSON_VALUE),
    /** Lines of fields with a header, RFC 4180 with line feeds. */
    CSV("text/csv;charset=UTF-8");

    private final String type;

    Format(String type) {
        this.type = type;
    }

    /** As it is named in a header. */
    public MediaType type() {
        return MediaType.parseMediaType(type);
    }

    /** As it is named in a URL. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Takes {@code format}, and without it what the Accept header likes best (RFC 9110 §12.5.1).
     *
     * @param offered at least one; the first is preferred
     * @throws HttpMediaTypeNotAcceptableException if the header allows none of these
     */
    public static Format of(Query query, WebRequest request, Format... offered)
            throws HttpMediaTypeNotAcceptableException {
        List<Format> formats = List.of(offered);
        boolean named = query.names("format");
        Format wanted = query.take("format", formats.getFirst(), text -> word(text, formats));
        return named ? wanted : liked(request, formats);
    }

    private static Format word(String text, List<Format> offered) {
        return offered.stream()
                .filter(format -> format.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException(
                        "format", text, offered.stream().map(Format::word).collect(Collectors.joining(" or "))));
    }

    private static Format liked(WebRequest request, List<Format> offered) throws HttpMediaTypeNotAcceptableException {
        String[] accept = Objects.requireNonNullElse(request.getHeaderValues(HttpHeaders.ACCEPT), new String[0]);
        List<MediaType> ranges;
        try {
            ranges = MediaType.parseMediaTypes(Arrays.asList(accept));
        } catch (InvalidMediaTypeException e) {
            throw notAcceptable(offered);
        }
        if (ranges.isEmpty()) {
            return offered.getFirst();
        }
        return ranges.stream()
                .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
                .flatMap(range -> offered.stream()
                        .filter(format -> range.getQualityValue() > 0 && format.speaks(range, ranges))
                        .limit(1))
                .findFirst()
                .orElseThrow(() -> notAcceptable(offered));
    }

    /** Whether a range is the one that speaks of this format: of those that include it the narrowest. */
    private boolean speaks(MediaType range, List<MediaType> ranges) {
        return range.includes(type())
                && ranges.stream().noneMatch(other -> other.includes(type()) && narrowness(other) > narrowness(range));
    }

    // Spring's own comparison takes the quality for a part of it
    private static int narrowness(MediaType range) {
        if (range.isWildcardType()) {
            return 0;
        }
        return range.isWildcardSubtype() ? 1 : 2;
    }

    private static HttpMediaTypeNotAcceptableException notAcceptable(List<Format> offered) {
        return new HttpMediaTypeNotAcceptableException(
                offered.stream().sorted().map(Format::type).toList());
    }
}
