package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibrariesTest {

    /** Class file version of Java 21 (JVMS §4.1). */
    private static final int JAVA_21 = 65;

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.tradingplatform.discovery.DiscoveryClient",
                "dev.tradingplatform.discovery.spring.DiscoveryAutoConfiguration",
                "dev.tradingplatform.discovery.test.CloudMap"
            })
    void theClassFilesOfEachLibraryRunOnJava21(String type) throws Exception {
        assertThat(versions(library(type))).hasSizeGreaterThan(10).allMatch(version -> version <= JAVA_21);
    }

    private static Path library(String type) throws Exception {
        return Path.of(Class.forName(type)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    @ParameterizedTest
    @CsvSource({
        "dev.tradingplatform.discovery.DiscoveryClient, dev.tradingplatform.discovery",
        "dev.tradingplatform.discovery.spring.DiscoveryAutoConfiguration, dev.tradingplatform.discovery.spring",
        "dev.tradingplatform.discovery.test.CloudMap, dev.tradingplatform.discovery.test"
    })
    void eachLibraryIsAModuleWithAStableName(String type, String module) throws Exception {
        Path library = library(type);
        assumeTrue(Files.isRegularFile(library), "in the phase test the libraries are directories, not yet jars");

        assertThat(ModuleFinder.of(library).findAll())
                .singleElement()
                .satisfies(found -> assertThat(found.descriptor().name()).isEqualTo(module));
    }

    private static List<Integer> versions(Path library) throws IOException {
        if (Files.isDirectory(library)) {
            return versionsBelow(library);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + library.toUri()), Map.of())) {
            return versionsBelow(jar.getPath("/"));
        }
    }

    private static List<Integer> versionsBelow(Path root) throws IOException {
        List<Integer> versions = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                versions.add(version(file));
            }
        }
        return versions;
    }

    private static int version(Path classFile) throws IOException {
        try (InputStream file = Files.newInputStream(classFile);
                DataInputStream data = new DataInputStream(file)) {
            data.skipNBytes(Integer.BYTES + Short.BYTES);
            return data.readUnsignedShort();
        }
    }

    @Test
    void springBoot3EndsTheStartWithASentenceThatNamesTheVersions() throws Exception {
        OwnJvm.Result result = OwnJvm.of(ShopApplication.class)
                .onlyClassPath(LibrariesTest::isNotOfSpring)
                .addClassPath(Path.of("target", "spring-boot-3", "*"))
                .arguments(RunningShop.arguments(CLOUD_MAP.nameserver()))
                .run(Duration.ofMinutes(2));

        assertThat(result.output())
                .contains("discovery-client-spring-boot-starter needs Spring Boot 4.0 or later, but this is 3.5.16")
                .doesNotContain("AbstractMethodError", "NoClassDefFoundError");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    private static boolean isNotOfSpring(Path element) {
        String file = element.getFileName().toString();
        return !file.startsWith("spring-")
                && !file.startsWith("micrometer-")
                && !file.startsWith("jackson-")
                && !file.startsWith("tomcat-")
                && !file.startsWith("reactor-");
    }
}
