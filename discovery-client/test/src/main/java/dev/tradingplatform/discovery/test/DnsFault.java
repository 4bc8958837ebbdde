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
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What a {@link DnsServer} sends instead of the correct answer. The faults of this interface have no state, so that
 * several servers may share one. They can be combined: {@code DnsFault.wrongId().thenCorrectAnswer()} is a spoofed
 * answer that arrives before the correct one. A test can implement its own; it is called by many threads at once.
 */
@FunctionalInterface
public interface DnsFault {

    /** Returns the messages to send for one query, in this order. If the list is empty, the server sends nothing. */
    List<DnsReply> replies(DnsExchange exchange);

    /** Sends the correct answer. */
    static DnsFault none() {
        return answering(answer -> answer);
    }

    /** Sends nothing: the client runs into its timeout. */
    static DnsFault silence() {
        return exchange -> List.of();
    }

    /**
     * Sends any other message.
     *
     * @param change gets a copy of the correct answer, which it may change and return
     */
    static DnsFault answering(UnaryOperator<Message> change) {
        return exchange -> List.of(DnsReply.of(
                exchange.encode(change.apply(exchange.correctAnswer().clone()))));
    }

    /**
     * Sends a response code and no records, also no SOA record that would limit how long the response may be cached.
     *
     * @param code 0 to 15, a value of {@link Rcode}
     */
    static DnsFault rcode(int code) {
        return changing(answer -> {
            answer.getHeader().setRcode(code);
            removeRecords(answer);
        });
    }

    /** Sends NOERROR and no records, as for a name that has no records of the type (RFC 2308 §2.2). */
    static DnsFault noData() {
        return rcode(Rcode.NOERROR);
    }

    /** Sends the correct answer without its additional section: a client has to resolve the targets of SRV records. */
    static DnsFault withoutAdditional() {
        return changing(answer -> answer.removeAllRecords(Section.ADDITIONAL));
    }

    /** Sends the correct answer with the id of another query, as a blind spoofing attack does. */
    static DnsFault wrongId() {
        return changing(answer -> answer.getHeader().setID(~answer.getHeader().getID() & 0xFFFF));
    }

    /** Sends the correct answer with the question {@code other-question.invalid. A}. */
    static DnsFault wrongQuestion() {
        return changing(answer -> {
            answer.removeAllRecords(Section.QUESTION);
            answer.addRecord(
                    Record.newRecord(Name.fromConstantString("other-question.invalid."), Type.A, DClass.IN),
                    Section.QUESTION);
        });
    }

    /** Sends the correct answer without the QR flag: the flags say that the message is a query. */
    static DnsFault notAResponse() {
        return changing(answer -> answer.getHeader().unsetFlag(Flags.QR));
    }

    /**
     * Sends the records of the correct answer under a name that is not in the question.
     *
     * @param owner an absolute name such as {@code evil.example.}
     */
    static DnsFault foreignOwner(String owner) {
        Name foreign = Names.absolute(owner);
        return changing(answer -> {
            List<Record> records = List.copyOf(answer.getSection(Section.ANSWER));
            answer.removeAllRecords(Section.ANSWER);
            records.forEach(record -> answer.addRecord(withOwner(record, foreign), Section.ANSWER));
        });
    }

    /** Sends over UDP half of the records, rounded down, with the TC flag; over TCP the correct answer. */
    static DnsFault truncated() {
        DnsFault half = changing(answer -> {
            List<Record> records = List.copyOf(answer.getSection(Section.ANSWER));
            removeRecords(answer);
            records.stream().limit(records.size() / 2).forEach(record -> answer.addRecord(record, Section.ANSWER));
            answer.getHeader().setFlag(Flags.TC);
        });
        return exchange -> (exchange.transport() == DnsTransport.UDP ? half : none()).replies(exchange);
    }

    /** Sends the header of the correct answer, so that the id is right, and 32 bytes that are not records. */
    static DnsFault garbage() {
        return exchange -> {
            byte[] wire = Arrays.copyOf(exchange.encode(exchange.correctAnswer()), Header.LENGTH + 32);
            Arrays.fill(wire, Header.LENGTH, wire.length, (byte) 0xFF);
            return List.of(DnsReply.of(wire));
        };
    }

    /** Returns a fault that sends the replies of this one, then the correct answer. */
    default DnsFault thenCorrectAnswer() {
        return exchange -> Stream.of(this, none())
                .flatMap(fault -> fault.replies(exchange).stream())
                .toList();
    }

    /** Returns a fault that sends the same replies later. */
    default DnsFault delayed(Duration by) {
        return exchange ->
                replies(exchange).stream().map(reply -> reply.delayed(by)).toList();
    }

    /** Returns a fault that applies to some questions; other queries get the correct answer. */
    default DnsFault onlyFor(Predicate<Record> question) {
        return exchange -> {
            List<Record> questions = exchange.query().getSection(Section.QUESTION);
            boolean applies = questions.size() == 1 && question.test(questions.getFirst());
            return (applies ? this : none()).replies(exchange);
        };
    }

    private static DnsFault changing(Consumer<Message> change) {
        return answering(answer -> {
            change.accept(answer);
            return answer;
        });
    }

    private static void removeRecords(Message answer) {
        answer.removeAllRecords(Section.ANSWER);
        answer.removeAllRecords(Section.AUTHORITY);
        answer.removeAllRecords(Section.ADDITIONAL);
    }

    private static Record withOwner(Record record, Name owner) {
        return Record.newRecord(
                owner, record.getType(), record.getDClass(), record.getTTL(), record.rdataToWireCanonical());
    }
}
