package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Aliases whose target is in the answer, and aliases into another zone, whose target is not. */
class AliasTest {

    private final ZoneServer zone = new ZoneServer().withLongTimeout();

    @AfterEach
    void close() {
        zone.close();
    }

    @Test
    void areFollowedByAQueryForATargetThatIsNotInTheAnswer() {
        zone.with("real.other.", 60, Type.A, "10.0.1.1").with("stock", 20, Type.CNAME, "real.other.");

        Resolution.Found found = zone.found(RecordType.A);

        assertThat(ZoneServer.endpoints(found)).containsExactly("10.0.1.1:80");
        assertThat(found.ttl()).as("the shortest of the chain").hasSeconds(20);
        assertThat(found.warning()).isEmpty();
        assertThat(found.targets().getFirst().aliases()).containsExactly("real.other");
        assertThat(zone.server().queries().count("real.other", Type.A)).isOne();
    }

    @Test
    void areFollowedToTheEndForEveryRecordType() {
        zone.with("stock", 60, Type.CNAME, "second.other.")
                .with("second.other.", 60, Type.CNAME, "third.zone.")
                .with("third", 30, Type.SRV, "1 1 8080 host")
                .with("host", 60, Type.CNAME, "one.other.")
                .with("one.other.", 60, Type.A, "10.0.1.1");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(ZoneServer.endpoints(found)).containsExactly("10.0.1.1:8080");
        assertThat(found.ttl()).hasSeconds(30);
        assertThat(found.targets().getFirst().aliases())
                .as("of the service name, not of its target")
                .containsExactlyInAnyOrder("second.other", "third.zone");
    }

    @Test
    void areKnownIfOneAnswerHasTheWholeChain() {
        zone.with("stock", 60, Type.CNAME, "second")
                .with("second", 60, Type.CNAME, "third")
                .with("third", 60, Type.A, "10.0.1.1");

        Resolution.Found found = zone.found(RecordType.A);

        assertThat(zone.server().queries().count()).isOne();
        assertThat(found.targets().getFirst().aliases()).containsExactlyInAnyOrder("second.zone", "third.zone");
    }

    @Test
    void areNotFollowedIfTheAnswerSaysThatTheTargetHasNoSuchRecords() {
        zone.with("stock", 60, Type.CNAME, "real").with("real", 60, Type.TXT, "here");
        zone.server().fault(DnsFault.answering(answer -> {
            answer.addRecord(ZoneServer.record("zone.", 10, Type.SOA, "ns admin 1 2 3 4 5"), Section.AUTHORITY);
            return answer;
        }));

        assertThat(zone.resolve(RecordType.A)).isInstanceOf(Resolution.Absent.class);
        assertThat(zone.server().queries().count("real.zone", Type.A)).isZero();
    }

    @Test
    void areAbsentIfTheTargetDoesNotExist() {
        zone.with("stock", 60, Type.CNAME, "gone.other.");

        assertThat(zone.resolve(RecordType.A)).isInstanceOfSatisfying(Resolution.Absent.class, absent -> {
            assertThat(absent.explanation()).contains("NXDOMAIN");
            assertThat(absent.ttl()).hasSeconds(10);
        });
        assertThat(zone.server().queries().count("gone.other", Type.A)).isOne();
    }

    @Test
    void areUnavailableAndNotAbsentIfTheTargetCannotBeQueried() {
        zone.with("stock", 60, Type.CNAME, "real.other.");
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(ZoneServer.name("real.other."))));

        assertThat(zone.resolve(RecordType.A))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.explanation())
                                .contains("it is an alias (CNAME) of real.other.: 127.0.0.1:")
                                .endsWith(": SERVFAIL"));
    }

    @Test
    void areUnavailableIfTheyFormALoop() {
        zone.with("stock", 60, Type.CNAME, "real.other.").with("real.other.", 60, Type.CNAME, "stock.zone.");

        assertThat(zone.resolve(RecordType.A))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.explanation())
                                .contains("form a loop", "stock.zone. → real.other. → stock.zone."));
        assertThat(zone.server().queries().count()).isEqualTo(2);

        zone.without("stock", Type.CNAME).with("stock", 60, Type.CNAME, "stock");
        assertThat(zone.resolve(RecordType.A)).isInstanceOf(Resolution.Unavailable.class);
    }

    @Test
    void areUnavailableIfThereAreMoreThanEight() {
        for (int alias = 0; alias < 20; alias++) {
            boolean even = alias % 2 == 0;
            String owner = "a" + alias + (even ? ".other." : ".zone.");
            zone.with(owner, 60, Type.CNAME, "a" + (alias + 1) + (even ? ".zone." : ".other."));
        }
        zone.with("stock", 60, Type.CNAME, "a0.other.").with("a20.other.", 60, Type.A, "10.0.1.1");

        assertThat(zone.resolve(RecordType.A)).isInstanceOf(Resolution.Unavailable.class);
        assertThat(zone.server().queries().count()).isEqualTo(8);
    }
}
