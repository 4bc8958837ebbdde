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

    /** Whatever is not known to belong to one host is taken for a network's: that is slower, and never wrong. */
    private static final Set<String> LOCAL = Set.of(
            "ext2",
            "ext3",
            "ext4",
            "ext2/ext3",
            "xfs",
            "btrfs",
            "zfs",
            "f2fs",
            "bcachefs",
            "jfs",
            "reiserfs",
            "tmpfs",
            "ramfs",
            "overlay",
            "overlayfs",
            "aufs",
            "apfs",
            "hfs",
            "ufs",
            "ntfs",
            "refs",
            "vfat",
            "exfat",
            "msdos");

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
        return LOCAL.contains(fileSystem.toLowerCase(Locale.ROOT)) ? WRITE_AHEAD : ROLLBACK;
    }

    JournalMode mode() {
        return mode;
    }

    /** Tells whether readers may have connections of their own beside the writer's. */
    boolean readsWhileWriting() {
        return readsWhileWriting;
    }
}
