package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Aliases whose target is not in the answer: the zone adds only what it has after the alias, in order of adding. */
class AliasTest {

    private final Zone zone = new Zone().patient();

    @AfterEach
    void close() {
        zone.close();
    }

    @Test
    void asksForTheTargetThatTheAnswerLeavesOpen() {
        zone.with("real", 60, Type.A, "10.0.1.1").with("stock", 20, Type.CNAME, "real");

        Resolution.Found found = zone.found(RecordType.A);

        assertThat(Zone.endpoints(found)).containsExactly("10.0.1.1:80");
        assertThat(found.ttl()).as("the shortest on the way").hasSeconds(20);
        assertThat(found.remark()).isEmpty();
        assertThat(found.targets().getFirst().aliases()).containsExactly("real.zone");
        assertThat(zone.server().queries().count("real.zone", Type.A)).isOne();
    }

    @Test
    void followsAliasesOfAliasesToTheEndWhateverIsAskedFor() {
        zone.with("one", 60, Type.A, "10.0.1.1")
                .with("host", 60, Type.CNAME, "one")
                .with("third", 30, Type.SRV, "1 1 8080 host")
                .with("second", 60, Type.CNAME, "third")
                .with("stock", 60, Type.CNAME, "second");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(Zone.endpoints(found)).containsExactly("10.0.1.1:8080");
        assertThat(found.ttl()).hasSeconds(30);
        assertThat(found.targets().getFirst().aliases())
                .as("of the service's name, not of a target's")
                .containsExactlyInAnyOrder("second.zone", "third.zone");
    }

    @Test
    void knowsTheAliasesThatOneAnswerResolvesToo() {
        zone.with("stock", 60, Type.CNAME, "second")
                .with("second", 60, Type.CNAME, "third")
                .with("third", 60, Type.A, "10.0.1.1");

        Resolution.Found found = zone.found(RecordType.A);

        assertThat(zone.server().queries().count("stock.zone", Type.A)).isOne();
        assertThat(found.targets().getFirst().aliases()).containsExactlyInAnyOrder("second.zone", "third.zone");
    }

    @Test
    void believesWhatTheAnswerSaysOfTheTargetItself() {
        zone.with("stock", 60, Type.CNAME, "real").with("real", 60, Type.TXT, "here");
        zone.server().fault(DnsFault.answering(answer -> {
            answer.addRecord(Zone.record("zone.", 10, Type.SOA, "ns admin 1 2 3 4 5"), Section.AUTHORITY);
            return answer;
        }));

        assertThat(zone.resolve(RecordType.A)).isInstanceOf(Resolution.Absent.class);
        assertThat(zone.server().queries().count()).isOne();
    }

    @Test
    void saysThatThereIsNothingWhenTheTargetDoesNotExist() {
        zone.with("stock", 60, Type.CNAME, "gone");

        assertThat(zone.resolve(RecordType.A)).isInstanceOfSatisfying(Resolution.Absent.class, absent -> {
            assertThat(absent.explanation()).contains("NXDOMAIN");
            assertThat(absent.ttl()).hasSeconds(10);
        });
        assertThat(zone.server().queries().count("gone.zone", Type.A)).isOne();
    }

    @Test
    void isNoProofOfAbsenceWhenTheTargetCannotBeAskedFor() {
        zone.with("stock", 60, Type.CNAME, "real");
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(Zone.name("real"))));

        assertThat(zone.resolve(RecordType.A))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.explanation())
                                .contains("it is an alias (CNAME) of real.zone.: 127.0.0.1:", "said: SERVFAIL"));
    }

    @Test
    void refusesAliasesThatLeadInCircles() {
        zone.with("real", 60, Type.CNAME, "stock").with("stock", 60, Type.CNAME, "real");

        assertThat(zone.resolve(RecordType.A))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.explanation()).contains("stock.zone. → real.zone. → "));
        assertThat(zone.server().queries().count()).isEqualTo(2);

        zone.without("real", Type.CNAME).without("stock", Type.CNAME).with("stock", 60, Type.CNAME, "stock");
        assertThat(zone.resolve(RecordType.A)).isInstanceOf(Resolution.Unavailable.class);
    }

    @Test
    void refusesAliasesThatLeadTooFar() {
        zone.with("a20", 60, Type.A, "10.0.1.1");
        for (int alias = 19; alias >= 0; alias--) {
            zone.with("a" + alias, 60, Type.CNAME, "a" + (alias + 1));
        }
        zone.with("stock", 60, Type.CNAME, "a0");

        assertThat(zone.resolve(RecordType.A)).isInstanceOf(Resolution.Unavailable.class);
        assertThat(zone.server().queries().count()).isEqualTo(8);
    }
}
