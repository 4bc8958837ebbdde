package com.example.shop;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A JVM that runs a main class to its end. By default it has the class path of the tests. */
final class OwnJvm {

    private final String mainClass;
    private final List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    private final List<String> arguments = new ArrayList<>();
    private List<Path> classPath = classPathOfTests();

    private OwnJvm(String mainClass) {
        this.mainClass = mainClass;
    }

    /**
     * How the JVM ended.
     *
     * @param exitCode 0 if the main method returned and all other threads that are not daemons have ended
     * @param output what it printed, also to the standard error
     */
    record Result(int exitCode, String output) {}

    static OwnJvm of(Class<?> main) {
        return new OwnJvm(main.getName());
    }

    static OwnJvm of(String mainClass) {
        return new OwnJvm(mainClass);
    }

    OwnJvm options(String... further) {
        options.addAll(List.of(further));
        return this;
    }

    OwnJvm arguments(String... further) {
        arguments.addAll(List.of(further));
        return this;
    }

    /** Keeps the elements of the class path that match. */
    OwnJvm onlyClassPath(Predicate<Path> matching) {
        classPath = classPath.stream().filter(matching).toList();
        return this;
    }

    /** Puts a further element before the class path. */
    OwnJvm addClassPath(Path first) {
        classPath = Stream.concat(Stream.of(first), classPath.stream()).toList();
        return this;
    }

    /** Replaces the directories of classes of the three libraries by jars, as an application has them. */
    OwnJvm withLibrariesAsJars(Path directory) throws IOException {
        List<Path> replaced = new ArrayList<>();
        for (Path element : classPath) {
            boolean library = Files.isDirectory(element) && Files.isDirectory(element.resolve("dev/tradingplatform"));
            replaced.add(library ? jar(element, directory.resolve(replaced.size() + ".jar")) : element);
        }
        classPath = replaced;
        return this;
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                Files.copy(each, out);
            }
        }
        return jar;
    }

    /** Returns the elements of the class path of the tests. */
    static List<Path> classPathOfTests() {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .map(Path::of)
                .toList();
    }

    String classPath() {
        return String.join(":", classPath.stream().map(Path::toString).toList());
    }

    /**
     * Runs the JVM.
     *
     * @throws IllegalStateException if it has not ended in time; the message contains its output
     */
    Result run(Duration timeout) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output =
                    CompletableFuture.supplyAsync(() -> read(process), Thread::startVirtualThread);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("not ended within " + timeout + ": " + output.join());
            }
            return new Result(process.exitValue(), output.join());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
