package dev.tradingplatform.local.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Against a server that answers as Docker's: A records under the bare alias, TTL 600. */
class MembershipTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Name ALIAS = Name.fromConstantString("stock-service.");
    private static final long DOCKERS_TTL = 600;

    @Test
    void namesTheAddressesBehindAnAlias() throws IOException {
        try (DnsServer docker = DnsServer.start(LOOPBACK, 0, query -> answer(query, "10.0.1.101", "10.0.1.102"))) {
            assertThat(membership(docker).of("stock-service"))
                    .containsExactlyInAnyOrder(
                            InetAddress.ofLiteral("10.0.1.101"), InetAddress.ofLiteral("10.0.1.102"));
        }
    }

    @Test
    void namesNobodyBehindAnAliasThatDockerDoesNotKnow() throws IOException {
        try (DnsServer docker = DnsServer.start(LOOPBACK, 0, query -> answer(query, "10.0.1.101"))) {
            assertThat(membership(docker).of("nobody")).isEmpty();
        }
    }

    @Test
    void cannotTellWithoutAnAnswer() throws IOException {
        Membership membership;
        try (DnsServer docker = DnsServer.start(LOOPBACK, 0, query -> answer(query, "10.0.1.101"))) {
            membership = membership(docker);
        }

        assertThatThrownBy(() -> membership.of("stock-service")).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAServiceThatIsNoName() throws IOException {
        try (DnsServer docker = DnsServer.start(LOOPBACK, 0, query -> answer(query, "10.0.1.101"))) {
            assertThatThrownBy(() -> membership(docker).of("stock..service"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("service: \"stock..service\" (expected: a DNS label)");
        }
    }

    private static Membership membership(DnsServer docker) throws IOException {
        return Membership.docker(docker.address(), Duration.ofSeconds(2));
    }

    private static Message answer(Message query, String... addresses) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(query.getQuestion(), Section.QUESTION);
        if (query.getQuestion().getName().equals(ALIAS)) {
            List.of(addresses)
                    .forEach(address -> answer.addRecord(
                            new ARecord(ALIAS, DClass.IN, DOCKERS_TTL, InetAddress.ofLiteral(address)),
                            Section.ANSWER));
        } else {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer;
    }
}
