package dev.tradingplatform.stock.storage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a restored backup safe for clients that saw later states than the backup. At the first start on it, revisions
 * and change numbers skip more values than the original can have given since the backup was made, and more than an
 * earlier restoration of the same backup can have given since. So no ETag, version or change number means two things.
 */
final class Restoration {

    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    private static final long MIN_LEAP = 1_000_000;

    /** More than any database commits between two restorations. */
    private static final long CHANGES_PER_MILLISECOND = 10;

    private Restoration() {}

    static void complete(Storage storage, InstantSource clock) {
        storage.write(transaction -> {
            Optional<Long> copiedAt = transaction
                    .sql()
                    .sql("UPDATE feed SET copied_at = copied_at WHERE copied_at IS NOT NULL RETURNING copied_at")
                    .query((row, _) -> row.getLong(1))
                    .optional();
            copiedAt.ifPresent(millis -> leap(transaction, Duration.ofMillis(clock.millis() - millis)));
            return copiedAt.isPresent();
        });
    }

    /** Skips more values than any database can have given until now. */
    static void skipAll(Transaction transaction, InstantSource clock) {
        leap(transaction, Duration.ofMillis(clock.millis()));
    }

    private static void leap(Transaction transaction, Duration age) {
        long leap = MIN_LEAP + Math.max(0, age.toMillis()) * CHANGES_PER_MILLISECOND;
        transaction
                .sql()
                .sql("UPDATE ticker SET revision = revision + ?,"
                        + " change_number = CASE WHEN change_number > 0 THEN change_number + ? ELSE 0 END")
                .params(leap, leap)
                .update();
        transaction.sql().sql("DELETE FROM change").update();
        transaction
                .sql()
                .sql("UPDATE feed SET last_number = last_number + ?, removed_to = last_number + ?, copied_at = NULL")
                .params(leap, leap)
                .update();
        LOG.info("The database was restored: revisions and change numbers skip {}", leap);
    }
}
