package dev.tradingplatform.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "true,  X=,         true",
        "true,  NO_COLOR=,  true",
        "true,  NO_COLOR=1, false",
        "true,  TERM=dumb,  false",
        "false, X=,         false"
    })
    void coloursOnlyWhereColoursAreWanted(boolean interactive, String variable, boolean coloured) {
        String[] pair = variable.split("=", 2);

        String styled = terminal(interactive, Map.of(pair[0], pair[1])).styled(Style.BAD, "dead");

        assertThat(styled).isEqualTo(coloured ? "\033[31mdead\033[0m" : "dead");
    }

    @Test
    void keepsTheStatusBelowTheLines() {
        Terminal terminal = terminal(true, Map.of("NO_COLOR", "1"));

        terminal.status("waiting");
        terminal.line("news");
        terminal.status("");

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("waiting\r\033[Knews" + System.lineSeparator() + "waiting\r\033[K");
    }

    @Test
    void writesNoStatusIntoAFile() {
        Terminal terminal = terminal(false, Map.of());

        terminal.status("waiting");
        terminal.line("news");

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("news" + System.lineSeparator());
    }

    @Test
    void saysNothingAfterTheLastLine() {
        Terminal terminal = terminal(true, Map.of("NO_COLOR", "1"));
        terminal.status("waiting");

        terminal.lastLine("stopping");
        terminal.status("waiting");
        terminal.line("news");

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("waiting\r\033[Kstopping" + System.lineSeparator());
    }

    private Terminal terminal(boolean interactive, Map<String, String> environment) {
        return new Terminal(out, interactive, environment);
    }
}
