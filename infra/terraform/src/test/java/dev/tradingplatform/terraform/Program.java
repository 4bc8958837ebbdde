package dev.tradingplatform.terraform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program on this machine, run to its end. */
record Program(Path directory, Map<String, String> environment) {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** How a program ended, and what it printed. */
    record Ended(int status, String output, String errors) {

        String text() {
            return output + errors;
        }

        Ended expectSuccess() {
            if (status != 0) {
                throw new AssertionError("status " + status + ":\n" + text());
            }
            return this;
        }
    }

    /** Fails if it cannot be started or takes more than five minutes. */
    Ended run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().keySet().removeIf(Program::mayLeadElsewhere);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<String> errors =
                    CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), Program::inBackground);
            CompletableFuture<String> output =
                    CompletableFuture.supplyAsync(() -> read(process.getInputStream()), Program::inBackground);
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " has not ended within " + LONGEST + ":\n" + output.join());
            }
            return new Ended(process.exitValue(), output.join(), errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A thread for each stream: the common pool has but one on two cores, and a program waits until both are read. */
    private static void inBackground(Runnable reading) {
        Thread.ofPlatform().daemon().start(reading);
    }

    /** Whether a variable of whoever runs the tests could change what they do, or lead them to a real account. */
    private static boolean mayLeadElsewhere(String variable) {
        return variable.startsWith("AWS_") || variable.startsWith("TF_VAR_") || variable.startsWith("TF_CLI_ARGS");
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
