package dev.tradingplatform.stock.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL on a loopback port, in a temporary directory, from the binaries Debian's package {@code postgresql}
 * installs; one for all tests of a run. Where there are none its tests are skipped, unless the environment variable
 * {@code REQUIRE_POSTGRESQL} is set.
 */
public final class PostgresServer {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable PostgresServer running;

    private final Process process;
    private final int port;

    private PostgresServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns the URL of a new, empty database, or nothing if there is no PostgreSQL on this machine. */
    public static synchronized Optional<String> newDatabase() {
        Optional<Path> binaries = binaries();
        if (binaries.isEmpty()) {
            if (System.getenv("REQUIRE_POSTGRESQL") != null) {
                throw new IllegalStateException("REQUIRE_POSTGRESQL is set, but there is none in " + INSTALLED);
            }
            LOG.warn("SKIPPED: no PostgreSQL in {}; install the package postgresql to test with it", INSTALLED);
            return Optional.empty();
        }
        PostgresServer server = running;
        if (server == null) {
            server = start(binaries.get());
            running = server;
        }
        return Optional.of(server.create("test" + DATABASES.incrementAndGet()));
    }

    private static Optional<Path> binaries() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresServer start(Path binaries) {
        try {
            Path home = Files.createTempDirectory("postgres-test");
            if (isRoot()) {
                run(List.of("chown", "postgres", home.toString()));
            }
            String data = home.resolve("data").toString();
            run(unprivileged(
                    binaries.resolve("initdb").toString(),
                    "-D",
                    data,
                    "-U",
                    "test",
                    "-A",
                    "trust",
                    "-N",
                    "-E",
                    "UTF8"));
            int port = freePort();
            // Durability is PostgreSQL's own affair and not on trial here.
            Process process = new ProcessBuilder(unprivileged(
                            binaries.resolve("postgres").toString(),
                            "-D",
                            data,
                            "-h",
                            "127.0.0.1",
                            "-p",
                            String.valueOf(port),
                            "-k",
                            home.toString(),
                            "-F"))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            home.resolveSibling(home.getFileName() + ".log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, home)));
            PostgresServer server = new PostgresServer(process, port);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL refuses to run as root; root lends it the user its package made. */
    private static List<String> unprivileged(String... command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IllegalStateException(command + " ended with " + status + ":\n" + output);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Connection _ = DriverManager.getConnection(url("postgres"))) {
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("PostgreSQL does not answer", e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private String create(String name) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return url(name);
        } catch (SQLException e) {
            throw new IllegalStateException("No database " + name, e);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=test";
    }

    private static void stop(Process process, Path home) {
        // Killed outright, its children notice and end: nothing in it is worth a clean end.
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException _) {
            // A child was still writing: what remains is the operating system's to clear.
        }
    }
}
