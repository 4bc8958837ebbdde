package dev.tradingplatform.local;

import dev.tradingplatform.local.fake.FakeJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The launcher as its users have it: a program in a process of its own, on addresses of its own. */
final class Launcher implements AutoCloseable {

    /** Signal 2 in a mask whose lowest bit is signal 1. */
    private static final long SIGINT_BIT = 0b10;

    static final Duration PATIENCE = Duration.ofSeconds(60);

    final InetSocketAddress dns;
    final InetSocketAddress signal;
    final InetSocketAddress stock;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final Set<ProcessHandle> family = ConcurrentHashMap.newKeySet();
    private final List<String> prefix;

    /** @param prefix what stands before the java command, if anything */
    Launcher(Path directory, Class<?> stockService, Class<?> signalService, String... prefix) throws IOException {
        Loopback loopback = new Loopback(RandomGenerator.getDefault());
        dns = loopback.place(1);
        signal = loopback.place(2);
        stock = loopback.place(101);
        this.prefix = List.of(prefix);
        with("stock-jar", FakeJar.of(stockService, directory).toString());
        with("signal-jar", FakeJar.of(signalService, directory).toString());
        with("data", directory.resolve("data").toString());
        with("dns", Story.address(dns)).with("signal", Story.address(signal)).with("stock", Story.address(stock));
    }

    Launcher with(String name, String value) {
        options.put(name, value);
        return this;
    }

    Process start() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(java.toString(), "-cp", System.getProperty("java.class.path")));
        command.add(LocalPlatform.class.getName());
        options.forEach((name, value) -> command.add("--" + name + "=" + value));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        family.add(process.toHandle());
        Thread.ofVirtual().start(() -> read(process.inputReader()));
        return process;
    }

    /** Waits for a line with these words in it, beginning behind the last one that was waited for. */
    String line(String... words) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = unread.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no line with " + Arrays.toString(words) + " in " + output);
            }
            if (Arrays.stream(words).allMatch(line::contains)) {
                return line;
            }
        }
    }

    /** Starts and waits until it says that all is ready. */
    Process startAndWait() throws IOException, InterruptedException {
        Process process = start();
        line("Ctrl-C stops everything");
        return process;
    }

    String output() {
        return String.join("\n", output);
    }

    /** Every process it has at the moment, itself not included. */
    List<ProcessHandle> children() {
        List<ProcessHandle> children =
                family.stream().flatMap(ProcessHandle::descendants).distinct().toList();
        family.addAll(children);
        return children;
    }

    /** The pid that it says a replica has. */
    static long pid(String line) {
        return Long.parseLong(line.replaceAll(".*pid (\\d+).*", "$1"));
    }

    /** Whether a process ignores SIGINT, as Linux tells; false where nobody tells. */
    static boolean ignoresInterrupts(long pid) throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(ignored -> (ignored & SIGINT_BIT) != 0);
        }
    }

    static void signal(String signal, Stream<Long> pids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        command.addAll(pids.map(String::valueOf).collect(Collectors.toList()));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new AssertionError(command + " failed");
        }
    }

    @Override
    public void close() {
        children();
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private void read(BufferedReader reader) {
        try (reader) {
            reader.lines().forEach(line -> {
                output.add(line);
                unread.add(line);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
