package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.series.Precondition;
import dev.tradingplatform.stock.series.Series;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Entity tags (RFC 9110 §8.8.3) made of nothing but what is in the database, and so the same on every replica. */
final class EntityTags {

    private static final String ANY = "*";

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

    /** Tells whether the client has this representation already (RFC 9110 §13.1.2). */
    static boolean isKnown(HttpServletRequest request, String tag) {
        List<String> known = tags(request, HttpHeaders.IF_NONE_MATCH);
        return known.contains(ANY)
                || known.stream().anyMatch(given -> weak(given).equals(tag));
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
        Predicate<Optional<String>> condition = tagCondition(request, tag -> tag.replaceFirst("-.*", "\""));
        return current -> condition.test(current.map(series -> "\"" + series.revision() + "\""));
    }

    /** Reads If-Match and If-None-Match as a condition on the tag of what is there, if anything is. */
    static Predicate<Optional<String>> tagCondition(HttpServletRequest request) {
        return tagCondition(request, UnaryOperator.identity());
    }

    private static Predicate<Optional<String>> tagCondition(HttpServletRequest request, UnaryOperator<String> part) {
        List<String> wanted =
                tags(request, HttpHeaders.IF_MATCH).stream().map(part).toList();
        List<String> unwanted = tags(request, HttpHeaders.IF_NONE_MATCH).stream()
                .map(EntityTags::weak)
                .map(part)
                .toList();
        return current ->
                (wanted.isEmpty() || isAmong(wanted, current)) && (unwanted.isEmpty() || !isAmong(unwanted, current));
    }

    /** Starts an answer that may be kept, but not used without asking. */
    static ResponseEntity.BodyBuilder tagged(ResponseEntity.BodyBuilder answer, String tag) {
        return answer.eTag(tag).cacheControl(CacheControl.noCache()).header(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    }

    private static boolean isAmong(List<String> tags, Optional<String> current) {
        return current.isPresent() && (tags.contains(ANY) || tags.contains(current.get()));
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static List<String> tags(HttpServletRequest request, String header) {
        return Stream.of(request.getHeaders(header))
                .flatMap(values -> Collections.list(values).stream())
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
