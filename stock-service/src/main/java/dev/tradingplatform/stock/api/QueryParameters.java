package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.util.UriUtils;

/**
 * The parameters of one request. What is wrong is gathered, parameters nobody asked for included (a typo must not
 * return everything), and reported by {@link #check()} all at once. For one thread.
 *
 * <p>Reads the query itself: the servlet API would take a body with curl's default content type for more parameters. A
 * {@code +} is a plus (RFC 3986), so that {@code 00:00:00+01:00} needs no escaping.
 */
final class QueryParameters {

    private static final int DATE_LENGTH = 10;
    private static final Ticker STAND_IN = new Ticker("X");
    private static final long LAST_SECOND_OF_DAY = 86_399;

    private final Map<String, List<String>> given = new LinkedHashMap<>();
    private final Set<String> accepted = new LinkedHashSet<>();
    private final List<Violation> violations = new ArrayList<>();

    QueryParameters(HttpServletRequest request) {
        String query = request.getQueryString();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (!pair.isEmpty()) {
                given.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
    }

    Optional<String> text(String name) {
        accepted.add(name);
        List<String> values = given.getOrDefault(name, List.of());
        if (values.size() > 1) {
            refuse(name, "repeated", String.join(", ", values), "once");
        }
        return values.stream().findFirst();
    }

    OptionalInt integer(String name, int max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= 1 && value <= max) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException _) {
            // Reported below, together with numbers out of range.
        }
        refuse(name, "out-of-range", text.get(), "an integer from 1 to " + max);
        return OptionalInt.empty();
    }

    /** Reads a number from 0. */
    OptionalLong count(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (text.get().matches("\\d{1,18}")) {
            return OptionalLong.of(Long.parseLong(text.get()));
        }
        refuse(name, "out-of-range", text.get(), "an integer from 0");
        return OptionalLong.empty();
    }

    /** Reads a number of seconds, with or without their unit: {@code 20} or {@code 20s}. */
    Optional<Duration> seconds(String name, Duration max) {
        Optional<String> text = text(name);
        Optional<Duration> seconds = text.filter(given -> given.matches("\\d{1,9}s?"))
                .map(given -> Duration.ofSeconds(Long.parseLong(given.replace("s", ""))))
                .filter(given -> given.compareTo(max) <= 0);
        if (text.isPresent() && seconds.isEmpty()) {
            refuse(name, "out-of-range", text.get(), "0s to " + max.toSeconds() + "s");
        }
        return seconds;
    }

    /** Reads one of an enum's constants, in lower case; the first constant is the default. */
    <E extends Enum<E>> E choice(String name, Class<E> type) {
        E[] constants = type.getEnumConstants();
        Optional<String> text = text(name);
        for (E constant : constants) {
            if (text.isEmpty() || lower(constant).equals(text.get())) {
                return constant;
            }
        }
        String expected = Arrays.stream(constants).map(QueryParameters::lower).collect(Collectors.joining(" or "));
        refuse(name, "unknown-value", text.get(), expected);
        return constants[0];
    }

    boolean flag(String name) {
        Optional<String> text = text(name);
        boolean set = text.filter("true"::equals).isPresent();
        if (!set && text.filter("false"::equals).isEmpty() && text.isPresent()) {
            refuse(name, "unknown-value", text.get(), "true or false");
        }
        return set;
    }

    Timeframe timeframe() {
        Optional<String> text = text("timeframe");
        Optional<Timeframe> timeframe = text.flatMap(Timeframe::parse);
        if (text.isPresent() && timeframe.isEmpty()) {
            refuse("timeframe", "unknown-value", text.get(), Timeframe.expected());
        }
        return timeframe.orElse(Timeframe.DAY);
    }

    /** Reads an instant; a date alone means its first second, or its last if the whole day is meant. */
    Optional<Long> instant(String name, boolean wholeDay) {
        return text(name)
                .flatMap(text -> parsed(name, text, TimestampFormat.parse(text, Timeframe.MINUTE))
                        .map(start -> wholeDay && text.length() <= DATE_LENGTH ? start + LAST_SECOND_OF_DAY : start));
    }

    /** Reads a ticker, wherever it stands; another one takes the place of what is none, until that is reported. */
    Ticker ticker(String text) {
        return Ticker.parse(text).orElseGet(() -> {
            refuse("ticker", "not-a-ticker", text, Ticker.EXPECTED);
            return STAND_IN;
        });
    }

    <T> Optional<T> parsed(String name, String text, Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T>(T value, _) -> Optional.of(value);
            case Parsed.Bad<T>(String code, String expected) -> {
                refuse(name, code, text, expected);
                yield Optional.empty();
            }
        };
    }

    void refuse(String name, String code, String value, String expected) {
        violations.add(Violation.parameter(name, code, value, expected));
    }

    /** Throws if anything was wrong; to be called when every parameter the endpoint knows has been asked for. */
    void check() {
        String names = accepted.isEmpty() ? "no parameters" : String.join(", ", accepted);
        given.forEach((name, values) -> {
            if (!accepted.contains(name)) {
                violations.add(Violation.parameter(name, "unknown-parameter", values.getFirst(), names));
            }
        });
        if (!violations.isEmpty()) {
            throw Problems.invalidParameters(violations);
        }
    }

    private String decode(String text) {
        try {
            return UriUtils.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            refuse("query", "malformed", text, "percent-encoded UTF-8");
            return text;
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
