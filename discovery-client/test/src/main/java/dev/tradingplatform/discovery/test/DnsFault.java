package dev.tradingplatform.discovery.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What a {@link DnsServer} sends instead of the true answer. Faults have no state, so one may serve several servers at
 * once; they compose: {@code DnsFault.wrongId().thenTruth()} is a spoofed answer that arrives before the real one.
 */
@FunctionalInterface
public interface DnsFault {

    /** What is sent for one query, in this order; empty for silence. */
    List<DnsReply> replies(DnsExchange exchange);

    /** The true answer. */
    static DnsFault none() {
        return answering(truth -> truth);
    }

    /** Nothing at all: the client runs into its timeout. */
    static DnsFault silence() {
        return _ -> List.of();
    }

    /** Any other message. The operator gets a copy, which it may change and return. */
    static DnsFault answering(UnaryOperator<Message> change) {
        return exchange -> List.of(
                DnsReply.of(exchange.encode(change.apply(exchange.truth().clone()))));
    }

    /**
     * This response code and no records, not even the SOA that would bound how long it may be cached.
     *
     * @param code 0 to 15, as in {@link org.xbill.DNS.Rcode}
     */
    static DnsFault rcode(int code) {
        return changing(answer -> {
            answer.getHeader().setRcode(code);
            withoutRecords(answer);
        });
    }

    /** NOERROR and no records, as for a name that exists without records of the type (RFC 2308 §2.2). */
    static DnsFault noData() {
        return rcode(0);
    }

    /** The id of another query, as in a blind spoof. */
    static DnsFault wrongId() {
        return changing(answer -> answer.getHeader().setID(~answer.getHeader().getID() & 0xFFFF));
    }

    /** The answer to a question nobody asked. */
    static DnsFault wrongQuestion() {
        return changing(answer -> {
            answer.removeAllRecords(Section.QUESTION);
            answer.addRecord(
                    Record.newRecord(Name.fromConstantString("somebody.else.invalid."), Type.A, DClass.IN),
                    Section.QUESTION);
        });
    }

    /** The answer without the QR bit, which says that it is a query. */
    static DnsFault notAResponse() {
        return changing(answer -> answer.getHeader().unsetFlag(Flags.QR));
    }

    /**
     * The right records under a name that was not asked for.
     *
     * @param owner an absolute name such as {@code evil.example.}
     */
    static DnsFault foreignOwner(String owner) {
        Name foreign = Name.fromConstantString(owner);
        return changing(answer -> {
            List<Record> records = List.copyOf(answer.getSection(Section.ANSWER));
            answer.removeAllRecords(Section.ANSWER);
            records.forEach(truth -> answer.addRecord(owned(truth, foreign), Section.ANSWER));
        });
    }

    /** Over UDP half of the records, rounded down, with the TC flag; over TCP the truth. */
    static DnsFault truncated() {
        DnsFault half = changing(answer -> {
            List<Record> records = List.copyOf(answer.getSection(Section.ANSWER));
            withoutRecords(answer);
            records.stream().limit(records.size() / 2).forEach(kept -> answer.addRecord(kept, Section.ANSWER));
            answer.getHeader().setFlag(Flags.TC);
        });
        return exchange -> (exchange.transport() == DnsTransport.UDP ? half : none()).replies(exchange);
    }

    /** The right header, so that the id fits, and behind it bytes that are no records. */
    static DnsFault garbage() {
        return exchange -> {
            byte[] wire = Arrays.copyOf(exchange.encode(exchange.truth()), Header.LENGTH + 32);
            Arrays.fill(wire, Header.LENGTH, wire.length, (byte) 0xFF);
            return List.of(DnsReply.of(wire));
        };
    }

    /** This fault's replies and right behind them the true answer. */
    default DnsFault thenTruth() {
        return exchange -> Stream.of(this, none())
                .flatMap(fault -> fault.replies(exchange).stream())
                .toList();
    }

    /** The same replies, so much later. */
    default DnsFault delayed(Duration by) {
        return exchange ->
                replies(exchange).stream().map(reply -> reply.delayed(by)).toList();
    }

    /** This fault for some questions only, the truth for all others. */
    default DnsFault onlyFor(Predicate<Record> question) {
        return exchange -> (question.test(exchange.query().getQuestion()) ? this : none()).replies(exchange);
    }

    private static DnsFault changing(Consumer<Message> change) {
        return answering(answer -> {
            change.accept(answer);
            return answer;
        });
    }

    private static void withoutRecords(Message answer) {
        answer.removeAllRecords(Section.ANSWER);
        answer.removeAllRecords(Section.AUTHORITY);
        answer.removeAllRecords(Section.ADDITIONAL);
    }

    private static Record owned(Record truth, Name owner) {
        return Record.newRecord(
                owner, truth.getType(), truth.getDClass(), truth.getTTL(), truth.rdataToWireCanonical());
    }
}
