package dev.tradingplatform.stock.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies of a SQLite file, each the state at one moment, checked before it gets its name. The service goes on reading
 * meanwhile, and writing too where the journal allows.
 */
final class Backups {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String SUFFIX = ".db";

    /** Of the name: year, month, day. */
    private static final int DAY_LENGTH = 8;

    private final SqliteFile file;
    private final BackupSettings settings;
    private final InstantSource clock;

    Backups(SqliteFile file, BackupSettings settings, InstantSource clock) {
        this.file = file;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes a copy, and deletes the copies that it supersedes. One at a time in one process.
     *
     * @throws StorageException if there is no room for it or the database cannot be read
     */
    synchronized Backup make(Storage storage) {
        long begun = clock.millis();
        try {
            Path directory = Files.createDirectories(directory());
            Path copy = directory.resolve(prefix() + NAME.format(clock.instant()) + SUFFIX);
            Path part = copy.resolveSibling(copy.getFileName() + ".part");
            try {
                storage.copyTo(part);
                complete(part);
                Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            deleteSuperseded(directory);
            return new Backup(copy.toString(), Files.size(copy), clock.millis() - begun);
        } catch (IOException e) {
            throw new StorageUnavailableException(e);
        }
    }

    /** SQLite itself does not wait until the copy is on the disk. */
    private void complete(Path part) throws IOException {
        SqliteFile copy = new SqliteFile(part, Journal.ROLLBACK, file.busyTimeout());
        try (Connection connection = copy.inspector(true).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = MEMORY");
            statement.executeUpdate("UPDATE feed SET copied_at = " + clock.millis());
            String verdict = Preparation.check(connection);
            if (!"ok".equals(verdict)) {
                throw new IOException("The copy is not sound: " + verdict);
            }
        } catch (SQLException e) {
            throw Fault.of(e).orElse(Fault.UNAVAILABLE).exception(e);
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Deletes all copies of older days, and of the newest days all between the first and the last: repeated copies
     * replace each other, not those of another day.
     */
    private void deleteSuperseded(Path directory) throws IOException {
        NavigableMap<String, List<Path>> byDay;
        try (Stream<Path> files = Files.list(directory)) {
            byDay = files.filter(this::isCopy)
                    .sorted()
                    .collect(Collectors.groupingBy(this::day, TreeMap::new, Collectors.toList()));
        }
        int days = 0;
        for (List<Path> copies : byDay.descendingMap().values()) {
            days++;
            List<Path> superseded = days > settings.keep()
                    ? copies
                    : copies.subList(Math.min(1, copies.size()), Math.max(1, copies.size() - 1));
            for (Path old : superseded) {
                Files.deleteIfExists(old);
            }
        }
    }

    private String day(Path copy) {
        int start = prefix().length();
        return String.valueOf(copy.getFileName()).substring(start, start + DAY_LENGTH);
    }

    private boolean isCopy(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(prefix()) && name.substring(prefix().length()).matches("\\d{8}T\\d{9}Z\\.db");
    }

    private String prefix() {
        String name = String.valueOf(file.path().getFileName());
        return (name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name) + "-";
    }

    private Path directory() {
        Path named = settings.directory();
        return named == null
                ? file.path().resolveSibling("backups")
                : named.toAbsolutePath().normalize();
    }
}
