package dev.tradingplatform.discovery.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

    private static final Path SOURCES = Path.of("src/test/java/dev/tradingplatform/discovery/test/example");

    private final String readme;

    ReadmeTest() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    /** The line with the package is left out: readers have packages of their own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PriceService.java",
                "PriceServiceTest.java",
                "SpringTest.java",
                "TlsTest.java",
                "CustomizationTest.java"
            })
    void showsExactlyTheCodeThatIsTestedHere(String file) throws IOException {
        String source = Files.readString(SOURCES.resolve(file));

        assertThat(readme).contains("```java\n" + source.substring(source.indexOf("import ")) + "```\n");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void listsAllFaults(Class<?> type) {
        assertThat(Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                        .filter(method -> returnsItself(method, type) || method.getReturnType() == void.class)
                        .map(Method::getName)
                        .filter(name -> !Pattern.compile("[`.]" + name + "\\(")
                                .matcher(readme)
                                .find()))
                .isEmpty();
    }

    static Stream<Class<?>> faults() {
        return Stream.of(DnsFault.class, BackendBehaviour.class, Backend.class);
    }

    private static boolean returnsItself(Method method, Class<?> type) {
        return method.getReturnType() == type;
    }

    @ParameterizedTest
    @EnumSource(TcpMode.class)
    void listsAllModesOfTcp(TcpMode mode) {
        assertThat(readme).contains("| `" + mode + "` |");
    }
}
