package dev.tradingplatform.discovery.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Gives the correct answers of a {@link DnsServer}. {@link CloudMap} and {@link DnsZone} are handlers; a test can
 * implement its own or wrap one. A handler is called by many threads at once.
 */
@FunctionalInterface
public interface DnsHandler {

    /**
     * Returns the answer to a query. {@link #response} creates an answer without records.
     *
     * @param query not to be changed; it may have any opcode and any number of questions
     */
    Message answer(Message query);

    /**
     * Creates a response without records. It takes id, opcode, RD flag and question from the query, and has the flags
     * QR and AA.
     *
     * @param rcode a value of {@link Rcode}, 0 to 15
     */
    static Message response(Message query, int rcode) {
        return Responses.to(query, rcode);
    }

    /**
     * Returns a handler that passes queries on which this one answers with REFUSED: two namespaces on one server are
     * {@code one.orElse(two)}.
     */
    default DnsHandler orElse(DnsHandler other) {
        return query -> {
            Message answer = answer(query);
            return answer.getRcode() == Rcode.REFUSED ? other.answer(query) : answer;
        };
    }

    /**
     * Returns a handler that answers with a random subset, as Consul does over UDP: of an answer section with more than
     * {@code max} records it keeps {@code max}, picked uniformly. It removes addresses of SRV targets that are not in
     * the subset.
     *
     * @param max 1 or more
     * @param random used by one thread at a time
     */
    default DnsHandler withRandomSubset(int max, RandomGenerator random) {
        if (max < 1) {
            throw new IllegalArgumentException("max: " + max + " (expected: 1 or more)");
        }
        return query -> {
            Message answer = answer(query).clone();
            List<Record> records = new ArrayList<>(answer.getSection(Section.ANSWER));
            synchronized (random) {
                Collections.shuffle(records, random);
            }
            records.stream().skip(max).forEach(record -> {
                answer.removeRecord(record, Section.ANSWER);
                if (record instanceof SRVRecord srv) {
                    removeAddresses(answer, srv.getTarget());
                }
            });
            return answer;
        };
    }

    /**
     * Returns a handler that answers as a caching resolver between this one and the clients, such as the resolver of a
     * VPC: it repeats an answer until its TTL ends, and the TTLs of the records count down. An answer without records
     * is repeated for as long as its SOA record says (RFC 2308 §5).
     *
     * @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()} or a {@link ManualClock}
     */
    default DnsHandler cached(LongSupplier nanoTime) {
        return new CachingResolver(this, nanoTime);
    }

    private static void removeAddresses(Message answer, Name target) {
        List.copyOf(answer.getSection(Section.ADDITIONAL)).stream()
                .filter(record ->
                        record.getType() != Type.OPT && record.getName().equals(target))
                .forEach(record -> answer.removeRecord(record, Section.ADDITIONAL));
    }
}
