package dev.tradingplatform.local.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** A running program. Safe for concurrent use. */
public final class Child {

    private static final int SIGNAL_BASE = 128;
    private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ )");

    /** Holds the pipe whose end the child waits for: see {@link Leash}. */
    private final Process process;

    private final Path log;

    Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits for its end for at most so long, and tells whether it came. */
    public boolean endsWithin(Duration patience) throws InterruptedException {
        return process.waitFor(patience);
    }

    /** Asks it to end in its own time: SIGTERM. */
    public void askToEnd() {
        process.toHandle().destroy(); // that of Process would also close the pipe, and the leash would pull
    }

    /** Ends it without asking: SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** How it ended, in words: {@code killed by signal 9 (SIGKILL)}. */
    public String ending() {
        int status = process.exitValue();
        return switch (status - SIGNAL_BASE) {
            case 2 -> "ended by signal 2 (SIGINT)";
            case 6 -> "crashed with signal 6 (SIGABRT)";
            case 9 -> "killed by signal 9 (SIGKILL)";
            case 11 -> "crashed with signal 11 (SIGSEGV)";
            case 15 -> "ended by signal 15 (SIGTERM)";
            default -> "ended with status " + status;
        };
    }

    /** Where its output is. */
    public Path log() {
        return log;
    }

    /** The end of what it printed, without the frames of stack traces: what they belong to says more in less space. */
    public List<String> lastLines(int most) {
        try {
            String all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            List<String> lines =
                    all.lines().filter(line -> !FRAME.matcher(line).lookingAt()).toList();
            return lines.subList(Math.max(0, lines.size() - most), lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
