package dev.tradingplatform.local.child;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs {@link Leash} into a jar of its own, which is what {@code -javaagent} takes. */
final class LeashJar {

    private static final String NAME = "leash.jar";
    private static final String ENTRY = Leash.class.getName().replace('.', '/') + ".class";

    private LeashJar() {}

    /** Writes the jar unless it is there: one that a running JVM has open must not change under it. */
    static Path in(Path directory) throws IOException {
        Path jar = directory.resolve(NAME);
        byte[] bytes = bytes();
        if (!Files.exists(jar) || !Arrays.equals(Files.readAllBytes(jar), bytes)) {
            Path complete = Files.createTempFile(directory, NAME, null);
            Files.write(complete, bytes);
            Files.move(complete, jar, StandardCopyOption.REPLACE_EXISTING);
        }
        return jar;
    }

    private static byte[] bytes() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Leash.class.getName());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                InputStream leash = Objects.requireNonNull(Leash.class.getResourceAsStream("/" + ENTRY), ENTRY)) {
            jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(jar);
            jar.putNextEntry(entry(ENTRY));
            leash.transferTo(jar);
        }
        return bytes.toByteArray();
    }

    /** Without the time of day, so that the same class gives the same bytes. */
    private static JarEntry entry(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        return entry;
    }
}
