package dev.tradingplatform.stock.importing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A value of a row, with the names that exports give to its column, the best one first. */
enum Column {
    TICKER("ticker", "symbol", "tckrsymb"),
    TIMESTAMP(
            "timestamp",
            "datetime",
            "date",
            "dtyyyymmdd",
            "traddt",
            "tradedate",
            "datum",
            "fecha",
            "opentime",
            "time",
            "unix",
            "unixtimestamp",
            "gmttime",
            "localtime",
            "t"),
    /** The time of day, if {@link #TIMESTAMP} is a date alone. */
    TIME("time"),
    OPEN("open", "openprice", "opnpric", "o", "eröffn", "eröffnung", "erster", "ouverture", "ouv", "apertura"),
    HIGH("high", "highprice", "hghpric", "h", "hoch", "haut", "máximo", "max"),
    LOW("low", "lowprice", "lwpric", "l", "tief", "bas", "mínimo", "min"),
    CLOSE(
            "close",
            "closelast",
            "closeprice",
            "clspric",
            "c",
            "price",
            "last",
            "zuletzt",
            "schluss",
            "schlusskurs",
            "clôture",
            "dernier",
            "cierre"),
    VOLUME(
            "volume",
            "vol",
            "v",
            "tottrdqty",
            "totaltradedquantity",
            "ttltradgvol",
            "volumen",
            "stück",
            "tickvolume",
            "tickvol"),
    /** The close, adjusted by splits and often by dividends. It is not stored, only compared with the splits. */
    ADJUSTED_CLOSE("adjclose", "adjustedclose", "closeadj", "closeadjusted"),
    /** Given by this service: accepted, so that an answer can be sent back, and not read. */
    VERSION("version");

    /** The columns without which there is no bar. */
    static final List<Column> REQUIRED = List.of(TIMESTAMP, OPEN, HIGH, LOW, CLOSE, VOLUME);

    static final List<Column> PRICES = List.of(OPEN, HIGH, LOW, CLOSE);

    private static final Map<String, Column> FIELDS = Map.of(
            "ticker", TICKER,
            "timestamp", TIMESTAMP,
            "open", OPEN,
            "high", HIGH,
            "low", LOW,
            "close", CLOSE,
            "volume", VOLUME,
            "version", VERSION);

    private static final Pattern IN_PARENTHESES = Pattern.compile("\\([^)]*\\)");

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> names;

    Column(String... names) {
        this.names = List.of(names);
    }

    /** Returns the names of its column in exports, as {@link #normalized(String)} returns them. */
    List<String> names() {
        return names;
    }

    /** Returns the column of a JSON field, by its one name. */
    static Optional<Column> ofField(String name) {
        return Optional.ofNullable(FIELDS.get(name));
    }

    /** Returns the letters and digits of the name of a column in lower case: {@code <CLOSE>} is {@code close}. */
    static String normalized(String name) {
        StringBuilder normalized = new StringBuilder();
        IN_PARENTHESES
                .matcher(name)
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(normalized::appendCodePoint);
        return normalized.toString();
    }

    /** Returns its name in JSON and in problem documents. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
