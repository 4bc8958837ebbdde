package dev.tradingplatform.terraform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A copy of the folder under {@code target}, initialised once for all tests, so that nothing is left among the sources.
 * Surefire runs test classes one after another.
 */
final class Workspace {

    /** Where Maven runs tests: the module. */
    static final Path FOLDER = Path.of("").toAbsolutePath();

    static final Path ROOT = FOLDER.resolve("../..").normalize();

    static final JsonMapper JSON = new JsonMapper();

    private static final Path COPY = FOLDER.resolve("target/terraform");

    private static final Map<String, String> EMULATED = Map.of(
            "AWS_ACCESS_KEY_ID", "emulated",
            "AWS_SECRET_ACCESS_KEY", "emulated",
            "AWS_REGION", "us-east-1",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_EC2_METADATA_DISABLED", "true",
            "AWS_CONFIG_FILE", "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
            "AWS_PAGER", "");

    private static final Map<String, Workspace> OPENED = new HashMap<>();

    private final Program program;

    private Workspace(Program program) {
        this.program = program;
    }

    /** Commands that need the provider and no account. */
    static Workspace alone() {
        return opened("alone", Map.of());
    }

    /** Commands against the emulated account. */
    static Workspace emulated() {
        Map<String, String> environment = new HashMap<>(EMULATED);
        environment.put("AWS_ENDPOINT_URL", Present.emulator());
        return opened("emulated", environment);
    }

    private static Workspace opened(String name, Map<String, String> environment) {
        Present.program("terraform", "formatting, modules, plans and what they make are not tested.");
        Map<String, String> all = new HashMap<>(environment);
        all.put("TF_IN_AUTOMATION", "1");
        all.put("TF_INPUT", "0");
        all.put("CHECKPOINT_DISABLE", "1");
        Workspace workspace = OPENED.computeIfAbsent(name, _ -> new Workspace(new Program(COPY, Map.copyOf(all))));
        initialise(workspace);
        return workspace;
    }

    private static void initialise(Workspace workspace) {
        if (OPENED.containsKey("initialised")) {
            return;
        }
        copy();
        Program.Ended init = workspace.terraform("init");
        if (init.status() != 0) {
            Present.missing("terraform init found no provider, so modules and plans are not tested:\n" + init.text());
        }
        OPENED.put("initialised", workspace);
    }

    Program.Ended terraform(String... arguments) {
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(List.of(arguments));
        // Its subcommands do not know the option
        if (!"state".equals(arguments[0])) {
            command.add(2, "-no-color");
        }
        return program.run(command);
    }

    /** What the AWS CLI answers. */
    JsonNode aws(String... arguments) {
        List<String> command = new ArrayList<>(List.of("aws", "--output", "json"));
        command.addAll(List.of(arguments));
        return JSON.readTree(program.run(command).expectSuccess().output());
    }

    /** The file that Terraform keeps for itself; what it says of the order of changes is in no plan. */
    JsonNode state(String file) {
        try {
            return JSON.readTree(Files.readString(COPY.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a file that Terraform has written. */
    void copy(String from, String to) {
        try {
            Files.copy(COPY.resolve(from), COPY.resolve(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plans, and returns the plan as Terraform tells it to programs. */
    JsonNode plan(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("plan", "-out=tested.tfplan", "-var=wait_for_steady_state=false"));
        arguments.addAll(List.of(options));
        terraform(arguments.toArray(String[]::new)).expectSuccess();
        return JSON.readTree(
                terraform("show", "-json", "tested.tfplan").expectSuccess().output());
    }

    private static void copy() {
        clear();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Workspace::belongsToTheModule).toList()) {
                Path copy = COPY.resolve(FOLDER.relativize(file));
                Files.createDirectories(copy.resolveSibling("."));
                Files.writeString(copy, Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a run before has left, but for the provider. */
    private static void clear() {
        if (!Files.exists(COPY)) {
            return;
        }
        try (Stream<Path> files = Files.walk(COPY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().contains(".terraform" + File.separator)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean belongsToTheModule(Path file) {
        String name = FOLDER.relativize(file).toString();
        return !name.startsWith("target")
                && !name.contains(".terraform")
                && (name.endsWith(".tf") || name.endsWith(".hcl"));
    }
}
