package dev.tradingplatform.stock.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service as a process of its own, as ECS runs it. */
public final class StockProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private static final Pattern TOTAL = Pattern.compile("Total +\\d+ +(\\d+)");

    private static final int MOST_QUESTIONS = 10_000;

    private final Process process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<String> waiting = new CompletableFuture<>();

    private StockProcess(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name("stock-process-output").start(this::watch);
    }

    /** Starts a process on a file, and does not wait for it. */
    public static StockProcess on(Path file, String instance) {
        return on(TestStorage.WRITE_AHEAD, List.of("--stock.database.file=" + file), instance);
    }

    /** Starts a process on a storage, and does not wait for it. */
    public static StockProcess on(TestStorage storage, List<String> settings, String instance) {
        return start(List.of(), storage, settings, instance);
    }

    /**
     * Starts a process by a command of the operating system that runs another, and does not wait for it.
     *
     * @param by what comes before the command that starts Java
     */
    public static StockProcess start(List<String> by, TestStorage storage, List<String> settings, String instance) {
        List<String> command = new ArrayList<>(by);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StockMain.class.getName(),
                storage.name(),
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--stock.instance-id=" + instance));
        command.addAll(settings);
        try {
            return new StockProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says that it is ready, and returns what calls it. */
    public StockCalls calls() {
        StockCalls calls = new StockCalls(
                "http://127.0.0.1:" + port.orTimeout(120, TimeUnit.SECONDS).join());
        boolean ready = Stream.generate(
                        () -> calls.get("/actuator/health/readiness").status())
                .limit(MOST_QUESTIONS)
                .anyMatch(status -> status == 200);
        if (!ready) {
            throw new IllegalStateException("It serves and is not ready");
        }
        return calls;
    }

    /** Waits until it says that it waits for another process to prepare the file. */
    public void awaitWaiting() {
        waiting.orTimeout(120, TimeUnit.SECONDS).join();
    }

    /** Returns how many bytes of the heap are reachable, after a collection. */
    public long liveHeap() {
        Matcher total = TOTAL.matcher(output(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram"));
        if (!total.find()) {
            throw new IllegalStateException("the heap could not be counted");
        }
        return Long.parseLong(total.group(1));
    }

    /** Returns its resident memory and the maximum until now, such as {@code VmHWM: 300000 kB, VmRSS: 280000 kB}. */
    public String memory() {
        return output("cat", "/proc/" + process.pid() + "/status")
                .lines()
                .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS") || line.startsWith("Threads"))
                .map(line -> line.replaceAll("\\s+", " "))
                .collect(Collectors.joining(", "));
    }

    private static String output(String... command) {
        try {
            Process called =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(called.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void watch() {
        StringBuilder output = new StringBuilder();
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.contains("Waiting for another process")) {
                    waiting.complete(line);
                }
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    port.complete(Integer.parseInt(started.group(1)));
                }
            }
        } catch (IOException e) {
            port.completeExceptionally(e);
        }
        port.completeExceptionally(new IllegalStateException("It ended before it served:\n" + output));
    }
}
