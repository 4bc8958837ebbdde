package dev.tradingplatform.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The repository's docker-compose.yml as one runs it from a terminal, beside whatever else runs on this machine. */
final class Compose {

    /** The first start builds everything, and downloads what for. */
    private static final Duration PATIENCE = Duration.ofMinutes(25);

    private static final Path REPOSITORY = Path.of("..", "..");

    private final String project;
    private final Map<String, String> environment;

    private Compose(String project, Map<String, String> environment) {
        this.project = project;
        this.environment = Map.copyOf(environment);
    }

    /**
     * A project of its own, in a network of its own, on ports that are free.
     *
     * @param drain how long a replica that is told to stop goes on serving
     */
    static Compose project(RandomGenerator random, Duration drain) {
        String network = "10.%d.%d".formatted(random.nextInt(128, 250), random.nextInt(0, 250));
        return new Compose(
                "trading-platform-test-" + Long.toHexString(random.nextLong()),
                Map.of(
                        "PLATFORM_NET", network,
                        "SIGNAL_PORT", "0",
                        "STOCK_PORTS", "0",
                        "DNS_PORT", "0",
                        "DRAIN", drain.toSeconds() + "s"));
    }

    /** The same project with one more setting. */
    Compose with(String setting, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(setting, value);
        return new Compose(project, more);
    }

    String project() {
        return project;
    }

    /** The first three numbers of its addresses. */
    String network() {
        return environment.getOrDefault("PLATFORM_NET", "");
    }

    /** Runs {@code docker compose} with these words and returns what it printed. */
    String run(String... words) {
        return docker(Stream.concat(Stream.of("compose", "--progress", "quiet", "-p", project), Stream.of(words))
                .toArray(String[]::new));
    }

    /** Runs {@code docker} with these words and returns what it printed. */
    String docker(String... words) {
        List<String> command =
                Stream.concat(Stream.of("docker"), Stream.of(words)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(REPOSITORY.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture<String> out = reading(process.getInputStream());
            CompletableFuture<String> err = reading(process.getErrorStream());
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + PATIENCE);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("%s ended with status %d%n%s%s"
                        .formatted(String.join(" ", command), process.exitValue(), out.join(), err.join()));
            }
            return out.join().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The ids of the running containers of a service. */
    List<String> containers(String service) {
        return run("ps", "--quiet", service).lines().toList();
    }

    /** Where a port of a service is published. */
    InetSocketAddress published(String service, String protocol, int port) {
        String[] parts = run("port", "--protocol", protocol, service, Integer.toString(port))
                .split(":", 2);
        return new InetSocketAddress(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
    }

    // On a thread of its own: the pool that all share may have one only, which then waits for one stream while the
    // other one is full
    private static CompletableFuture<String> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> text(stream), reading -> Thread.ofPlatform().daemon().start(reading));
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
