package dev.tradingplatform.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    private static final Pattern VARIABLE = Pattern.compile("(?ms)^variable \"(\\w+)\" \\{$(.*?)^}$");
    private static final Pattern ANY = Pattern.compile("[=(]\\s*any\\b");
    private static final Pattern OUTPUT = Pattern.compile("(?ms)^output \"(\\w+)\" \\{$(.*?)^}$");

    @Test
    void isFormatted() {
        Program.Ended fmt = Workspace.alone().terraform("fmt", "-check", "-recursive", "-diff");

        assertThat(fmt.status()).as(fmt.text()).isZero();
    }

    @Test
    void isValid() {
        Program.Ended validate = Workspace.alone().terraform("validate");

        assertThat(validate.status()).as(validate.text()).isZero();
    }

    @Test
    void typesAndDescribesEveryVariable() throws IOException {
        List<String> poor = new ArrayList<>();
        for (Path file : hcl()) {
            for (MatchResult variable :
                    VARIABLE.matcher(Files.readString(file)).results().toList()) {
                String body = variable.group(2);
                boolean typed = body.contains("\n  type ") && !ANY.matcher(body).find();
                boolean decided = body.contains("nullable ") || body.contains("= null");
                if (!typed || !decided || !body.contains("\n  description = \"")) {
                    poor.add(Workspace.FOLDER.relativize(file) + ": " + variable.group(1));
                }
            }
        }

        assertThat(poor).isEmpty();
    }

    @Test
    void describesEveryOutput() throws IOException {
        List<String> poor = new ArrayList<>();
        for (Path file : hcl()) {
            for (MatchResult output :
                    OUTPUT.matcher(Files.readString(file)).results().toList()) {
                if (!output.group(2).contains("\n  description = \"")) {
                    poor.add(Workspace.FOLDER.relativize(file) + ": " + output.group(1));
                }
            }
        }

        assertThat(poor).isEmpty();
    }

    @Test
    void givesEveryModuleItsFourFilesAndATest() throws IOException {
        StringBuilder tests = new StringBuilder();
        try (Stream<Path> files = Files.list(Workspace.FOLDER.resolve("tests"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tests.append(Files.readString(file));
            }
        }

        assertThat(modules()).hasSizeGreaterThan(12).allSatisfy(module -> {
            assertThat(Stream.of("main.tf", "variables.tf", "outputs.tf", "versions.tf"))
                    .allMatch(file -> Files.exists(module.resolve(file)), "is there in " + module);
            assertThat(tests.toString()).contains("\"./" + Workspace.FOLDER.relativize(module) + "\"");
        });
    }

    @Test
    void keepsTheNamesAndPathsOfTheArticle() {
        assertThat(List.of(
                        "modules/core/dns_namespace",
                        "modules/core/service_discovery",
                        "modules/services/stock_data_service",
                        "modules/services/signal_processing_service"))
                .allMatch(module -> Files.isDirectory(Workspace.FOLDER.resolve(module)));
    }

    @Test
    void takesNoHostForAnEmulatorThatIsNotThisMachine() {
        assertThat(Present.isLoopback("http://127.0.0.1:5000")).isTrue();
        assertThat(List.of(
                        "",
                        "https://ecs.us-east-1.amazonaws.com",
                        "http://10.0.0.1:5000",
                        "http://127.0.0.1.example.org",
                        "http://127.0.0.1@example.org",
                        "no address"))
                .noneMatch(Present::isLoopback);
    }

    private static List<Path> modules() throws IOException {
        Path modules = Workspace.FOLDER.resolve("modules");
        try (Stream<Path> files = Files.walk(modules, 2)) {
            return files.filter(file -> modules.relativize(file).getNameCount() == 2)
                    .toList();
        }
    }

    private static List<Path> hcl() throws IOException {
        try (Stream<Path> files = Files.walk(Workspace.FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".tf"))
                    .filter(file -> !file.startsWith(Workspace.FOLDER.resolve("target")))
                    .toList();
        }
    }
}
