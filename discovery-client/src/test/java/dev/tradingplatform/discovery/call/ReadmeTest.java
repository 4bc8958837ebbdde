package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void showsTheExampleThatIsCompiledHere() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String example = readme.substring(
                        readme.indexOf("try (ServiceClient client"), readme.indexOf("## What happens"))
                .replace("```", "");

        String compiled = Files.readString(Path.of("src/test/java/dev/tradingplatform/discovery/call/PlainMain.java"));

        assertThat(words(compiled)).contains(words(example));
    }

    private static String words(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
