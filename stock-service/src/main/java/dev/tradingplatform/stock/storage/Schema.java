package dev.tradingplatform.stock.storage;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables this release knows. There is one set of migrations for all databases.
 *
 * @param dialect what the database calls things
 * @param subject the database as a sentence begins with it
 */
record Schema(Dialect dialect, String subject) {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    /**
     * Brings a database up to date, and leaves one that is ahead of this release as it is.
     *
     * @throws StorageUnusableException if it is ahead, or if it cannot be brought up to date
     */
    void migrate(FluentConfiguration connection) {
        try {
            Flyway flyway = connection
                    .locations("classpath:db/schema")
                    .placeholders(dialect.words())
                    .javaMigrations(new ExactNumbers(dialect))
                    .load();
            refuseNewer(flyway.info().all());
            MigrateResult result = flyway.migrate();
            LOG.info(
                    "{} is at schema version {}",
                    subject,
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion);
        } catch (FlywayException e) {
            throw refusal(e);
        }
    }

    /** Flyway by itself passes over migrations it does not know. */
    private void refuseNewer(MigrationInfo[] migrations) {
        Arrays.stream(migrations)
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                        || migration.getState() == MigrationState.FUTURE_FAILED)
                .findFirst()
                .ifPresent(migration -> {
                    throw new StorageUnusableException(
                            subject + " has a schema of version " + migration.getVersion()
                                    + ", made by a newer release than this one; it was left as it is.",
                            "Start that release or a later one, or restore a backup made by this one.");
                });
    }

    private StorageUnusableException refusal(FlywayException failure) {
        Fault fault = Fault.of(failure).orElse(null);
        return switch (fault) {
            case FULL ->
                new StorageUnusableException(
                        subject + " cannot be brought up to date: there is no room left on its disk.",
                        "Make room there and start again; nothing was changed.",
                        failure);
            case BUSY ->
                new StorageUnusableException(
                        subject + " cannot be brought up to date: others hold it locked.",
                        "Find out who does, and start again; nothing was changed.",
                        failure);
            case UNAVAILABLE ->
                new StorageUnusableException(
                        subject + " cannot be read or written: " + reason(failure),
                        "See that it is there, that this user may use it and that nothing is in its way.",
                        failure);
            case null ->
                new StorageUnusableException(
                        subject + " cannot be brought up to date: " + failure.getMessage(),
                        "If it is not a database of stock-service, name another one; if it is, restore a backup.",
                        failure);
        };
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return String.valueOf(root.getMessage());
    }
}
