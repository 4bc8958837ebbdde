package dev.tradingplatform.local.child;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts children and keeps their output. Safe for concurrent use. */
public final class Children {

    private final Path logs;
    private final Path leash;

    private Children(Path logs, Path leash) {
        this.logs = logs;
        this.leash = leash;
    }

    /**
     * Prepares a directory for the children's output, which is created if need be.
     *
     * @param directory gets one file a name: {@code <name>.log}
     */
    public static Children logging(Path directory) throws IOException {
        Path logs = Files.createDirectories(directory.toAbsolutePath().normalize());
        return new Children(logs, LeashJar.in(logs));
    }

    /** Forgets what children of this name said before. */
    public void forget(String name) throws IOException {
        Files.deleteIfExists(log(name));
    }

    /** Starts a program with the java of this JVM; what it prints is added to its log. */
    public Child start(String name, Program program) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + leash);
        command.addAll(program.jvmArguments());
        command.add("-jar");
        command.add(program.jar().toString());
        command.addAll(program.arguments());
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log(name).toFile()));
        return new Child(process.start(), log(name));
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }
}
