package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameserversTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.2, 10.0.0.2, 53",
        "127.0.0.1:8053, 127.0.0.1, 8053",
        "[fd00:ec2::253]:5353, fd00:ec2:0:0:0:0:0:253, 5353",
        "fd00:ec2::253, fd00:ec2:0:0:0:0:0:253, 53"
    })
    void readsAddressesWithAndWithoutAPort(String text, String address, int port) {
        var server = Nameservers.parse(text);

        assertThat(server.getAddress().getHostAddress()).isEqualTo(address);
        assertThat(server.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dns.example", "10.0.0.2:", "10.0.0.2:0", "10.0.0.2:70000", "10.0.0.256", "1.2.3.4:x"})
    void rejectsAnythingElseInOneSentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nameservers.parse(text))
                .withMessage(
                        "nameserver: \"" + text
                                + "\" (expected: an IP address, with a port if it is not 53, such as 10.0.0.2 or 127.0.0.1:8053)");
    }

    @Test
    void readsResolvConfForEveryLookup(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("resolv.conf");
        Nameservers nameservers = Nameservers.in(file);
        assertThat(nameservers.get()).isEmpty();

        Files.writeString(file, "# a comment\nsearch example\nnameserver 10.0.0.2\nnameserver\t10.0.1.2\n");
        assertThat(nameservers.get())
                .extracting(server -> server.getAddress().getHostAddress())
                .containsExactly("10.0.0.2", "10.0.1.2");

        Files.writeString(file, "nameserver 10.9.0.2\n");
        assertThat(nameservers.get())
                .extracting(server -> server.getAddress().getHostAddress())
                .containsExactly("10.9.0.2");
    }
}
