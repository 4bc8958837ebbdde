package dev.tradingplatform.discovery.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.1.0/24, 10.0.1.255, true",
        "10.0.1.0/24, 10.0.2.0, false",
        "10.0.1.128/25, 10.0.1.127, false",
        "10.0.1.130/25, 10.0.1.255, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "10.0.1.7/32, 10.0.1.7, true",
        "fd00:1::/32, fd00:1:2::3, true",
        "fd00:1::/32, 10.0.1.1, false"
    })
    void knowsWhichAddressesItContains(String range, String address, boolean contained) throws UnknownHostException {
        assertThat(new Cidr(range).contains(InetAddress.getByName(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.1.0", "10.0.1.0/33", "10.0.1.0/-1", "10.0.1.0/x", "subnet/24", "10.0.1/24/1"})
    void refusesWhatIsNotARange(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cidr(text))
                .withMessageStartingWith("address range: \"" + text + "\" (expected: ");
    }

    @Test
    void equalsARangeOfTheSameText() {
        assertThat(new Cidr("10.0.1.0/24"))
                .isEqualTo(new Cidr("10.0.1.0/24"))
                .hasSameHashCodeAs(new Cidr("10.0.1.0/24"))
                .isNotEqualTo(new Cidr("10.0.2.0/24"))
                .hasToString("10.0.1.0/24");
    }
}
