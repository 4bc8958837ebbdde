package dev.tradingplatform.stock.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells what kind of file system a directory is on. */
@FunctionalInterface
interface FileSystemKinds {

    /** What the operating system says. */
    FileSystemKinds REAL = directory -> Files.getFileStore(directory).type();

    /** Returns the kind as {@link java.nio.file.FileStore#type()} names it. */
    String of(Path directory) throws IOException;
}
