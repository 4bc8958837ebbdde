package dev.tradingplatform.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packages that are API, type by type, constants and methods, equal public-api.txt: a change of it is a diff that
 * somebody reads. On purpose changed? Copy what the failure shows under "actual" into the file.
 */
class PublicApiTest {

    private static final List<String> API =
            List.of("dev.tradingplatform.discovery.http", "dev.tradingplatform.discovery");

    @Test
    void isWhatTheCheckedInFileSays() throws IOException {
        try (InputStream file = PublicApiTest.class.getResourceAsStream("/public-api.txt")) {
            String expected = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(actual()).isEqualTo(expected);
        }
    }

    private static String actual() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.tradingplatform.discovery")
                        .stream()
                        .filter(type -> API.contains(type.getPackageName()))
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
            case Constructor<?> _ -> "new(" + parameters + ")";
            case Method method ->
                (Modifier.isStatic(method.getModifiers()) ? "static " : "")
                        + method.getName() + "(" + parameters + "): "
                        + method.getReturnType().getSimpleName();
        };
    }
}
