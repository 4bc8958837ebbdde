package dev.tradingplatform.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What applications may use of the core. */
class PublicApiTest {

    private static final String PACKAGE = "dev.tradingplatform.discovery";
    private static final int JAVA_21 = 65;

    /** A change of the API is a change of the file. If it is intended, copy what the failure shows as actual. */
    @Test
    void equalsTheCheckedInList() throws IOException {
        try (InputStream file = resource("/public-api.txt")) {
            String expected = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(actual()).isEqualTo(expected);
        }
    }

    @Test
    void isTheOnlyPackageThatTheModuleExports() throws IOException, URISyntaxException {
        // In the directory of the core: other libraries on the class path have descriptors too.
        Path classes = Path.of(DiscoveryClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (InputStream descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
            ModuleDescriptor module = ModuleDescriptor.read(descriptor);

            assertThat(module.name()).isEqualTo(PACKAGE);
            assertThat(module.exports())
                    .extracting(ModuleDescriptor.Exports::source)
                    .containsExactly(PACKAGE);
        }
    }

    @Test
    void isCompiledForJava21() throws IOException {
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(PACKAGE)) {
            try (DataInputStream file =
                    new DataInputStream(resource("/" + type.getName().replace('.', '/') + ".class"))) {
                file.skipNBytes(6);
                assertThat(file.readUnsignedShort()).as(type.getName()).isLessThanOrEqualTo(JAVA_21);
            }
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(DiscoveryClient.class.getResourceAsStream(name), name);
    }

    private static String actual() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(PACKAGE).stream()
                        .filter(type -> type.getPackageName().equals(PACKAGE))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::reflect)
                        .filter(type -> type.getEnclosingClass() == null
                                || Modifier.isPublic(type.getEnclosingClass().getModifiers()))
                        .sorted(Comparator.comparing(Class::getName))
                        .map(PublicApiTest::describe)
                        .collect(Collectors.joining("\n"));
    }

    private static String describe(Class<?> type) {
        Stream<String> constants = Arrays.stream(type.getFields())
                .filter(field -> field.getDeclaringClass().equals(type))
                .map(field ->
                        "static " + field.getName() + ": " + field.getType().getSimpleName());
        Stream<String> constructors = Arrays.stream(type.getConstructors()).map(PublicApiTest::describe);
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !List.of("equals", "hashCode", "toString", "values", "valueOf")
                        .contains(method.getName()))
                .map(PublicApiTest::describe);
        return type.getName() + "\n"
                + Stream.of(constants, constructors, methods)
                        .flatMap(Function.identity())
                        .sorted()
                        .map(line -> "    " + line + "\n")
                        .collect(Collectors.joining());
    }

    private static String describe(Executable executable) {
        String parameters = Arrays.stream(executable.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return switch (executable) {
            case Constructor<?> constructor -> "new(" + parameters + ")";
            case Method method ->
                (Modifier.isStatic(method.getModifiers()) ? "static " : "")
                        + method.getName() + "(" + parameters + "): "
                        + method.getReturnType().getSimpleName();
        };
    }
}
