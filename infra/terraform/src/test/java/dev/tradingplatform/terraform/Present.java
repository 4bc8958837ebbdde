package dev.tradingplatform.terraform;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** What the tests need of the machine, asked for where it is needed. */
final class Present {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private Present() {}

    /** Skips the test, or fails it where {@code REQUIRE_TERRAFORM=1}. */
    static void missing(String sentence) {
        if ("1".equals(System.getenv("REQUIRE_TERRAFORM"))) {
            fail(sentence + " REQUIRE_TERRAFORM=1 makes that an error.");
        }
        abort(sentence);
    }

    static void program(String name, String what) {
        String path = System.getenv().getOrDefault("PATH", "");
        if (Arrays.stream(path.split(File.pathSeparator)).noneMatch(dir -> Files.isExecutable(Path.of(dir, name)))) {
            missing("There is no " + name + " on the path: " + what);
        }
    }

    /** Returns the emulator's address; a host other than a loopback one counts as none. */
    static String emulator() {
        program("aws", "the AWS CLI reads back what Terraform has made.");
        String named = System.getenv().getOrDefault("AWS_ENDPOINT_URL", "");
        if (!isLoopback(named)) {
            missing("AWS_ENDPOINT_URL is '" + named + "' (expected: the loopback address of an emulated AWS, such as "
                    + "http://127.0.0.1:5000 of moto_server): nothing is applied, and never to AWS itself.");
        }
        return named;
    }

    static boolean isLoopback(String url) {
        try {
            URI uri = URI.create(url);
            return "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
