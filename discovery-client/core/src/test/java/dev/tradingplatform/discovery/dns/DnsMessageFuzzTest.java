package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.DnsReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whatever bytes arrive, the outcome is one of the types, and soon. Seeded, so that a failure can be repeated. */
@Timeout(60)
class DnsMessageFuzzTest {

    private static final int MESSAGES = 6_000;
    private static final int ROUND_TRIPS = 40;
    private static final int MAX_MESSAGE = 65_535;
    private static final Name STOCK = Name.fromConstantString("stock.zone.");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsAnyBytesAsAnAnswerOrNothing(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int at = 0; at < MESSAGES; at++) {
            int type = at % 2 == 0 ? Type.SRV : Type.A;
            Message query = Message.newQuery(Record.newRecord(STOCK, type, DClass.IN));
            byte[] wire = mutated(valid(query).toWire(), random);
            Optional<Message> message = DnsSocketExchange.read(wire, query);
            if (message.isPresent()) {
                DnsAnswer answer = DnsAnswer.of(message.get(), STOCK, type);
                assertThat(answer.ttl()).isBetween(Duration.ZERO, Duration.ofSeconds(Integer.MAX_VALUE));
                assertThat(answer.records()).allMatch(record -> record.getType() == type);
                read++;
            }
        }
        // Otherwise the mutations are so coarse that they test the parser alone.
        assertThat(read).isGreaterThan(MESSAGES / 100);
    }

    @Test
    void readsRandomBytesAsNothing() {
        Random random = new Random(4);
        Message query = Message.newQuery(Record.newRecord(STOCK, Type.SRV, DClass.IN));
        for (int at = 0; at < MESSAGES; at++) {
            byte[] wire = new byte[random.nextInt(600)];
            random.nextBytes(wire);
            assertThat(DnsSocketExchange.read(wire, query)).isEmpty();
        }
    }

    @Test
    void readsNamesThatPointToThemselvesOrForwardWithoutALoop() {
        Message query = Message.newQuery(Record.newRecord(STOCK, Type.A, DClass.IN));
        byte[] whole = valid(query).toWire();
        for (int at = Header.LENGTH; at < whole.length - 1; at++) {
            for (int to : new int[] {at, at - 2, at + 2, Header.LENGTH, MAX_MESSAGE & 0x3FFF}) {
                byte[] wire = whole.clone();
                wire[at] = (byte) (0xC0 | to >>> 8);
                wire[at + 1] = (byte) to;
                DnsSocketExchange.read(wire, query)
                        .ifPresent(message -> assertThat(
                                        DnsAnswer.of(message, STOCK, Type.A).ttl())
                                .isGreaterThanOrEqualTo(Duration.ZERO));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void resolvesAlthoughTheServerSendsOtherBytesBeforeTheCorrectAnswer(long seed) {
        Random random = new Random(seed);
        try (ZoneServer zone =
                new ZoneServer().with("stock", 60, Type.SRV, "1 1 80 one").with("one", 60, Type.A, "10.0.1.1")) {
            zone.server().fault(fuzzing(random).thenCorrectAnswer());
            DnsResolver resolver = zone.resolver(RecordType.SRV, ZoneServer.IPV4);
            List<Resolution> outcomes = new ArrayList<>();
            for (int at = 0; at < ROUND_TRIPS; at++) {
                outcomes.add(resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT));
            }
            zone.server().fault(DnsFault.none());

            assertThat(outcomes).doesNotContainNull().hasAtLeastOneElementOfType(Resolution.Found.class);
            assertThat(ZoneServer.endpoints(resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT)))
                    .containsExactly("10.0.1.1:80");
        }
    }

    @Test
    void readsTheLargestPossibleMessage() {
        try (ZoneServer zone = new ZoneServer()) {
            for (int target = 0; target < 1_500; target++) {
                zone.with("stock", 60, Type.SRV, "1 1 80 target" + target);
            }

            long started = System.nanoTime();
            Resolution resolution = zone.resolve(RecordType.SRV);

            assertThat(resolution).isInstanceOf(Resolution.Absent.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static DnsFault fuzzing(Random random) {
        return exchange -> {
            synchronized (random) {
                return List.of(DnsReply.of(mutated(exchange.encode(exchange.correctAnswer()), random)));
            }
        };
    }

    private static Message valid(Message query) {
        Message message = new Message(query.getHeader().getID());
        message.getHeader().setFlag(Flags.QR);
        message.addRecord(query.getQuestion(), Section.QUESTION);
        message.addRecord(ZoneServer.record("stock", 60, Type.CNAME, "other"), Section.ANSWER);
        message.addRecord(ZoneServer.record("other", 60, Type.A, "10.0.1.1"), Section.ANSWER);
        message.addRecord(ZoneServer.record("stock", 60, Type.SRV, "1 1 80 one"), Section.ANSWER);
        message.addRecord(ZoneServer.record("zone.", 60, Type.SOA, "ns admin 1 2 3 4 5"), Section.AUTHORITY);
        message.addRecord(ZoneServer.record("one", 60, Type.A, "10.0.1.1"), Section.ADDITIONAL);
        message.addRecord(ZoneServer.record("one", 60, Type.TXT, "\"some text\""), Section.ADDITIONAL);
        return message;
    }

    /** Makes one to four changes; most keep id and question, so that the rest of the message is read too. */
    private static byte[] mutated(byte[] whole, Random random) {
        byte[] wire = whole.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int from = random.nextInt(10) == 0 ? 0 : Math.min(28, wire.length);
            int at = from + random.nextInt(Math.max(1, wire.length - from));
            if (at >= wire.length) {
                return wire;
            }
            switch (random.nextInt(6)) {
                case 0 -> wire[at] = (byte) random.nextInt(256);
                case 1 -> wire[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> wire[at] = (byte) (0xC0 | random.nextInt(64));
                case 3 -> wire = Arrays.copyOf(wire, at + random.nextInt(wire.length - at));
                case 4 -> wire = Arrays.copyOf(wire, Math.min(MAX_MESSAGE - 28, wire.length + random.nextInt(4_000)));
                default -> wire[Math.min(wire.length - 1, 4 + random.nextInt(8))] = (byte) random.nextInt(256);
            }
        }
        return wire;
    }
}
