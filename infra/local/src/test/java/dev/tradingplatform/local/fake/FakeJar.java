package dev.tradingplatform.local.fake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs one of the fake programs, as a service is packed. */
public final class FakeJar {

    private FakeJar() {}

    /** Writes an executable jar with this main class. */
    public static Path of(Class<?> main, Path directory) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        Path path = directory.resolve(main.getSimpleName() + ".jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(path), manifest)) {
            for (Class<?> packed : List.of(FakeService.class, FailingService.class, StubbornService.class)) {
                String entry = packed.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream bytes = Objects.requireNonNull(packed.getResourceAsStream("/" + entry))) {
                    bytes.transferTo(jar);
                }
            }
        }
        return path;
    }
}
