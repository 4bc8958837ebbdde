package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.testing.TestStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link DoomedWriter} in a process of its own. */
final class DoomedProcess {

    private final Process process;
    private final CountDownLatch warmedUp;
    private final StringBuilder output = new StringBuilder();
    private final Thread reader;

    /**
     * Starts it.
     *
     * @param writes how many it is to acknowledge before it may be killed
     */
    DoomedProcess(Path file, TestStorage storage, long firstStart, int writes) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dlogging.level.root=OFF",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedWriter.class.getName(),
                file.toString(),
                storage.name(),
                String.valueOf(firstStart));
        this.warmedUp = new CountDownLatch(writes);
        try {
            this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** Kills it outright some time after it has begun to write, and returns what it acknowledged until then. */
    List<Acknowledgement> kill(long afterMillis) {
        try {
            boolean wrote = warmedUp.await(60, TimeUnit.SECONDS);
            boolean ended = process.waitFor(afterMillis, TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            reader.join(20_000);
            if (!wrote || ended) {
                throw new IllegalStateException("It does not write:\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return acknowledged();
    }

    /** Whatever follows the last line feed was not said to its end. */
    private List<Acknowledgement> acknowledged() {
        String said = output.toString();
        return said.substring(0, said.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.matches("[a-z]+ \\d+ \\d+"))
                .map(Acknowledgement::parse)
                .toList();
    }

    private void read() {
        byte[] bytes = new byte[8192];
        try (var stream = process.getInputStream()) {
            for (int count = stream.read(bytes); count >= 0; count = stream.read(bytes)) {
                String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
                output.append(text);
                text.chars().filter(c -> c == '\n').forEach(_ -> warmedUp.countDown());
            }
        } catch (IOException e) {
            output.append(e);
        }
        while (warmedUp.getCount() > 0) {
            warmedUp.countDown();
        }
    }
}
