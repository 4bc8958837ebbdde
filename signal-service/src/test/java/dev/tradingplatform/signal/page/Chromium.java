package dev.tradingplatform.signal.page;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The Chromium or Chrome that is installed on this machine, headless and with a profile of its own. Where there is none
 * the tests are skipped, unless the environment variable {@code REQUIRE_CHROMIUM} is set.
 */
final class Chromium implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Chromium.class);
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final Path ON_MACOS = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    private static final String ADDRESS = "DevTools listening on ";

    private final Process process;
    private final Path profile;
    private final DevTools devTools;

    private Chromium(Process process, Path profile, DevTools devTools) {
        this.process = process;
        this.profile = profile;
        this.devTools = devTools;
    }

    /** Starts it; empty if there is none. */
    static Optional<Chromium> start() {
        Optional<Path> installed = installed();
        if (installed.isEmpty()) {
            if (System.getenv("REQUIRE_CHROMIUM") != null) {
                throw new IllegalStateException("REQUIRE_CHROMIUM is set, but none of " + NAMES + " is on the PATH");
            }
            LOG.warn("SKIPPED: the page is not tested, for none of {} is on the PATH; install chromium", NAMES);
            return Optional.empty();
        }
        try {
            return Optional.of(start(installed.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a tab with cookies and storage of its own. */
    Tab newTab() {
        return Tab.in(devTools);
    }

    @Override
    public void close() {
        devTools.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        try {
            FileSystemUtils.deleteRecursively(profile);
        } catch (IOException e) {
            LOG.warn("{} stays behind", profile, e);
        }
    }

    private static Optional<Path> installed() {
        Stream<Path> onPath = NAMES.stream()
                .flatMap(name -> Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(File.pathSeparator, -1))
                        .map(directory -> Path.of(directory, name)));
        return Stream.concat(onPath, Stream.of(ON_MACOS))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Chromium start(Path executable) throws IOException {
        Path profile = Files.createTempDirectory("chromium-test");
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-extensions",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--force-color-profile=srgb",
                "--font-render-hinting=none",
                "--hide-scrollbars"));
        if ("root".equals(System.getProperty("user.name"))) {
            // Chromium's sandbox refuses to work for root, which is who builds run as in containers
            command.add("--no-sandbox");
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // The reader stays open: Chromium must always have somewhere to write to
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith(ADDRESS)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException(executable + " ended without offering its DevTools");
        }
        Thread.ofVirtual().start(() -> output.lines().forEach(LOG::debug));
        return new Chromium(process, profile, new DevTools(URI.create(line.substring(ADDRESS.length()))));
    }
}
