package dev.tradingplatform.stock.storage;

import java.util.Locale;
import java.util.Set;
import org.sqlite.SQLiteConfig.JournalMode;

/** SQLite's journal, decided by the file system and by nothing else: the wrong one corrupts the file. */
enum Journal {
    /** Readers and a writer at the same time; needs memory shared by all processes, so one host. */
    WRITE_AHEAD(JournalMode.WAL, true),

    /**
     * One lock for everything, sound over NFSv4.1 locks; TRUNCATE, so that no client can miss a journal by its name.
     */
    ROLLBACK(JournalMode.TRUNCATE, false);

    private static final Set<String> NETWORKED = Set.of("nfs", "nfs4", "efs", "cifs", "smb", "smb2", "smb3", "9p");

    private final JournalMode mode;
    private final boolean readsWhileWriting;

    Journal(JournalMode mode, boolean readsWhileWriting) {
        this.mode = mode;
        this.readsWhileWriting = readsWhileWriting;
    }

    /**
     * Returns the journal for a kind of file system.
     *
     * @param fileSystem as {@link java.nio.file.FileStore#type()} names it
     */
    static Journal on(String fileSystem) {
        String type = fileSystem.toLowerCase(Locale.ROOT);
        return NETWORKED.contains(type) || type.startsWith("fuse.") ? ROLLBACK : WRITE_AHEAD;
    }

    JournalMode mode() {
        return mode;
    }

    /** Tells whether readers may have connections of their own beside the writer's. */
    boolean readsWhileWriting() {
        return readsWhileWriting;
    }
}
