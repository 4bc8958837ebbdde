package dev.tradingplatform.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.local.fake.FailingService;
import dev.tradingplatform.local.fake.FakeService;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    replicas  | many             | replicas: "many" (expected: a whole number from 1 to 20).
                    replicas  | 0                | replicas: "0" (expected: a whole number from 1 to 20).
                    replicas  | 21               | replicas: "21" (expected: a whole number from 1 to 20).
                    ttl       | -1               | ttl: "-1" (expected: a whole number from 0 to 86400).
                    ttl       | 5s               | ttl: "5s" (expected: a whole number from 0 to 86400).
                    data      | ''               | data: "" (expected: the path of a directory).
                    dns       | localhost:53     | dns: "localhost:53" (expected: an address and a port such as 127.0.0.1:8053).
                    signal    | 127.0.0.1:0      | signal's port: "0" (expected: a whole number from 1 to 65535).
                    stock-jar | no/such.jar      | stock-service is not built: there is no no/such.jar
                    stock     | 192.0.2.1:8080   | 192.0.2.1 is not an address of this machine
                    stock     | 127.0.1.254:8080 | stock: 127.0.1.254 leaves no room for 2 more addresses.
                    """)
    void saysInOneSentenceWhatIsWrongWithAnArgument(String name, String value, String sentence) throws Exception {
        try (Launcher launcher = new Launcher(directory, FakeService.class, FakeService.class)) {
            Process process = launcher.with(name, value).start();

            assertThat(launcher.line(sentence)).isNotEmpty();
            assertFailedAlone(launcher, process);
        }
    }

    @Test
    void saysWhichArgumentsThereAre() throws Exception {
        try (Launcher launcher = new Launcher(directory, FakeService.class, FakeService.class)) {
            Process process = launcher.with("replica", "3").start();

            assertThat(launcher.line("--replica=3")).contains("replicas, ");
            assertFailedAlone(launcher, process);
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (Launcher launcher = new Launcher(directory, FakeService.class, FakeService.class);
                ServerSocket taken = new ServerSocket()) {
            taken.bind(launcher.signal);
            Process process = launcher.start();

            assertThat(launcher.line("is taken"))
                    .contains("Port " + taken.getLocalPort() + " of "
                            + launcher.signal.getAddress().getHostAddress());
            assertFailedAlone(launcher, process);
        }
    }

    @Test
    void saysWhichPortIsTakenForUdpAlone() throws Exception {
        try (Launcher launcher = new Launcher(directory, FakeService.class, FakeService.class);
                DatagramSocket taken = new DatagramSocket(launcher.dns)) {
            Process process = launcher.start();

            assertThat(launcher.line("is taken")).contains("Port " + taken.getLocalPort());
            assertFailedAlone(launcher, process);
        }
    }

    @Test
    void showsTheLastWordsOfAServiceThatDiesAtStart() throws Exception {
        try (Launcher launcher = new Launcher(directory, FakeService.class, FailingService.class)) {
            Process process = launcher.start();

            assertThat(launcher.line("signal-service ended with status 3 before it was ready"))
                    .contains("signal-service.log");
            assertThat(launcher.line("| reason 30")).isNotEmpty();
            assertThat(launcher.line("IllegalStateException: the last reason")).isNotEmpty();
            assertThat(launcher.output()).doesNotContain("reason 18", "\tat ");
            assertFailedAlone(launcher, process);
        }
    }

    private static void assertFailedAlone(Launcher launcher, Process process) throws InterruptedException {
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(launcher.children()).isEmpty();
    }
}
