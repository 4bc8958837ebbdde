package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.series.Precondition;
import dev.tradingplatform.stock.series.Series;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.springframework.http.CacheControl;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/** Entity tags (RFC 9110 §8.8.3) made of nothing but what is in the database, and so the same on every replica. */
final class EntityTags {

    private EntityTags() {}

    /** Returns the tag of the bar at one place in time; bars at other places may have the same version. */
    static String of(StoredBar bar) {
        return "\"" + bar.version() + "\"";
    }

    /** Returns the tag of whichever bar is the newest, which need not be at the same place in time the next time. */
    static String ofNewest(StoredBar bar) {
        return "\"" + bar.version() + "-" + bar.bar().start() + "\"";
    }

    /** Returns the tag of a view of many bars: the revision of what it shows, and which view of it. */
    static String of(long revision, Object view) {
        return "\"" + revision + "-" + fingerprint(view) + "\"";
    }

    /** Returns 16 hexadecimal digits that are the same for equal texts, on every replica. */
    static String fingerprint(Object view) {
        byte[] text = view.toString().getBytes(StandardCharsets.UTF_8);
        return "%016x".formatted(UUID.nameUUIDFromBytes(text).getMostSignificantBits());
    }

    /**
     * Returns whether the client has this representation already (RFC 9110 §13.2.2).
     *
     * @throws ErrorResponseException if {@code If-Match} does not list its tag
     */
    static boolean isKnown(HttpServletRequest request, String tag) {
        ETag current = ETag.create(tag);
        if (tags(request, HttpHeaders.IF_MATCH)
                .filter(tags -> !contains(tags, current, true))
                .isPresent()) {
            throw Problems.preconditionFailed();
        }
        return tags(request, HttpHeaders.IF_NONE_MATCH)
                .filter(tags -> contains(tags, current, false))
                .isPresent();
    }

    /** Reads If-Match and If-None-Match of a request that writes a bar (RFC 9110 §13.1). */
    static Precondition condition(HttpServletRequest request) {
        Predicate<Optional<String>> tagCondition = tagCondition(request);
        return current -> tagCondition.test(current.map(EntityTags::of));
    }

    /**
     * Reads If-Match and If-None-Match of a request that changes many bars: of the tag of a view only the revision
     * counts, whatever part of the series it showed.
     */
    static Predicate<Optional<Series>> seriesCondition(HttpServletRequest request) {
        Predicate<Optional<String>> condition = tagCondition(request, EntityTags::revision);
        return current -> condition.test(current.map(series -> "\"" + series.revision() + "\""));
    }

    /** Reads If-Match and If-None-Match as a condition on the tag of what is there, if anything is. */
    static Predicate<Optional<String>> tagCondition(HttpServletRequest request) {
        return tagCondition(request, UnaryOperator.identity());
    }

    private static Predicate<Optional<String>> tagCondition(HttpServletRequest request, UnaryOperator<ETag> part) {
        Optional<List<ETag>> required = tags(request, HttpHeaders.IF_MATCH).map(tags -> parts(tags, part));
        Optional<List<ETag>> excluded = tags(request, HttpHeaders.IF_NONE_MATCH).map(tags -> parts(tags, part));
        return tag -> {
            Optional<ETag> current = tag.map(ETag::create);
            boolean requiredHolds = required.isEmpty()
                    || current.filter(it -> contains(required.get(), it, true)).isPresent();
            boolean excludedHolds = excluded.isEmpty()
                    || current.filter(it -> contains(excluded.get(), it, false)).isEmpty();
            return requiredHolds && excludedHolds;
        };
    }

    private static List<ETag> parts(List<ETag> tags, UnaryOperator<ETag> part) {
        return tags.stream().map(part).toList();
    }

    private static ETag revision(ETag tag) {
        int end = tag.tag().indexOf('-');
        return end < 0 ? tag : new ETag(tag.tag().substring(0, end), tag.weak());
    }

    /** Starts an answer that a cache may store, and must validate before each use. */
    static ResponseEntity.BodyBuilder tagged(ResponseEntity.BodyBuilder answer, String tag) {
        return answer.eTag(tag).cacheControl(CacheControl.noCache()).header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    private static boolean contains(List<ETag> tags, ETag current, boolean strong) {
        return tags.stream().anyMatch(tag -> tag.isWildcard() || tag.compare(current, strong));
    }

    /** Returns the tags of a header; nothing if the request does not have it, no tag if it has none that is valid. */
    private static Optional<List<ETag>> tags(HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        return values.isEmpty() ? Optional.empty() : Optional.of(ETag.parse(String.join(", ", values)));
    }
}
