package dev.tradingplatform.local;

import dev.tradingplatform.local.demo.DemoQuotes;
import dev.tradingplatform.local.demo.FirstStart;
import dev.tradingplatform.local.replica.StartFailure;
import dev.tradingplatform.local.terminal.Terminal;
import java.io.Console;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The program behind {@code ./mvnw -Plocal}: starts the platform, tells what becomes of it, and ends it on Ctrl-C or
 * SIGTERM (exit status 0). What keeps it from starting is one sentence on standard error and exit status 1.
 */
public final class LocalPlatform {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration PARENT_CHECK = Duration.ofMillis(500);
    private static final long STATUS_MILLIS = 200;

    private final Options options;
    private final Terminal terminal;
    private final Story story;
    private final HttpClient http;
    private final long start = System.nanoTime();

    private LocalPlatform(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
        this.story = new Story(terminal, InstantSource.system());
        this.http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }

    /**
     * Runs until told to stop.
     *
     * @param arguments {@code --stock-jar=FILE --signal-jar=FILE}, and if wanted {@code --replicas=N},
     *     {@code --ttl=SECONDS}, {@code --data=DIRECTORY}, {@code --dns=}, {@code --signal=} and
     *     {@code --stock=ADDRESS:PORT}, {@code --tied-to-parent=true}
     */
    public static void main(String[] arguments) {
        try {
            new LocalPlatform(
                            Options.parse(List.of(arguments)),
                            new Terminal(System.out, isInteractive(), System.getenv()))
                    .run();
        } catch (StartFailure e) {
            fail(e.sentence());
        } catch (IOException e) {
            fail("The platform cannot start: " + e + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Error Prone has it that this is never null; in JDK 25 it is, when standard input or output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isInteractive() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private void run() throws IOException, InterruptedException {
        requireJar("stock-service", options.stockJar());
        requireJar("signal-service", options.signalJar());
        Layout layout = Layout.choose(options);
        Files.createDirectories(options.data());
        FirstStart firstStart = FirstStart.of(options.data(), options.database());
        Platform platform = new Platform(options, layout, http, story::tell);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(platform)));
        if (options.tiedToParent()) {
            endWithParent();
        }
        terminal.line("Trading platform on this machine; data and logs in %s".formatted(options.data()));
        terminal.line("");
        terminal.line(story.row("DNS", Story.address(platform.dns()), "answers for " + Services.NAMESPACE));
        start(platform, firstStart, layout);
        story.guide(platform, layout, elapsed());
        new CountDownLatch(1).await();
    }

    private void start(Platform platform, FirstStart firstStart, Layout layout) throws InterruptedException {
        platform.start();
        try {
            awaitReady(platform);
            if (firstStart.isDue()) {
                fill(firstStart, layout);
            }
        } catch (StartFailure e) {
            platform.close();
            throw e;
        }
    }

    private void awaitReady(Platform platform) throws InterruptedException {
        CompletableFuture<?> ready = platform.ready();
        while (true) {
            try {
                ready.get(STATUS_MILLIS, TimeUnit.MILLISECONDS);
                terminal.status("");
                return;
            } catch (TimeoutException e) {
                terminal.status("  waiting for %s (%s)"
                        .formatted(String.join(", ", platform.awaited()), Story.seconds(elapsed())));
            } catch (ExecutionException e) {
                terminal.status("");
                throw e.getCause() instanceof StartFailure failure ? failure : new IllegalStateException(e);
            }
        }
    }

    private void fill(FirstStart firstStart, Layout layout) throws InterruptedException {
        try {
            firstStart.fill(http, layout.stocks().getFirst());
        } catch (IOException e) {
            throw new StartFailure("The demo quotes could not be stored: %s.".formatted(e.getMessage()));
        }
        terminal.line(story.row(
                "demo quotes",
                DemoQuotes.TICKERS.getFirst() + " … " + DemoQuotes.TICKERS.getLast(),
                String.format(Locale.ROOT, "%d days each, generated by a random walk: not real", DemoQuotes.DAYS)));
    }

    private void stop(Platform platform) {
        // All is said before it is done: Maven does not wait for this program, and a line behind the prompt confuses.
        terminal.lastLine("Stopping everything; the data stays in %s".formatted(options.data()));
        platform.close();
        // To be told to stop and to stop is a success, whichever signal it was that said so.
        Runtime.getRuntime().halt(0);
    }

    private static void endWithParent() {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            CountDownLatch never = new CountDownLatch(1);
            try {
                while (parent.isAlive()) {
                    never.await(PARENT_CHECK.toMillis(), TimeUnit.MILLISECONDS);
                }
                System.exit(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void requireJar(String service, Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new StartFailure("%s is not built: there is no %s ('./mvnw -Plocal' builds and starts everything)."
                    .formatted(service, jar));
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Without shutdown hooks: there is nothing left to stop. */
    private static void fail(String sentence) {
        System.err.println(sentence);
        System.err.flush();
        Runtime.getRuntime().halt(1);
    }
}
