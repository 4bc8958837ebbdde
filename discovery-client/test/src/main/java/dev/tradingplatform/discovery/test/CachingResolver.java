package dev.tradingplatform.discovery.test;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers as {@link DnsHandler#cached} says. */
final class CachingResolver implements DnsHandler {

    private static final int[] SECTIONS = {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL};

    private final DnsHandler handler;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<Question, Cached> cache = new ConcurrentHashMap<>();

    /** @param name equal to a name in another case (RFC 4343) */
    private record Question(Name name, int type) {}

    private record Cached(Message answer, long since) {

        boolean ended(long now) {
            return now - since >= Duration.ofSeconds(ttl()).toNanos();
        }

        private long ttl() {
            long ofAnswer = answer.getSection(Section.ANSWER).stream()
                    .mapToLong(Record::getTTL)
                    .min()
                    .orElse(-1);
            return ofAnswer >= 0 ? ofAnswer : negativeTtl();
        }

        // RFC 2308 §5.
        private long negativeTtl() {
            return answer.getSection(Section.AUTHORITY).stream()
                    .filter(SOARecord.class::isInstance)
                    .map(SOARecord.class::cast)
                    .mapToLong(soa -> Math.min(soa.getTTL(), soa.getMinimum()))
                    .findFirst()
                    .orElse(0);
        }
    }

    CachingResolver(DnsHandler handler, LongSupplier nanoTime) {
        this.handler = handler;
        this.nanoTime = nanoTime;
    }

    @Override
    public Message answer(Message query) {
        Record question = query.getQuestion();
        if (question == null) {
            return handler.answer(query);
        }
        long now = nanoTime.getAsLong();
        Cached cached = cache.compute(
                new Question(question.getName(), question.getType()),
                (key, known) -> known != null && !known.ended(now) ? known : new Cached(handler.answer(query), now));
        return repeat(cached, query, TimeUnit.NANOSECONDS.toSeconds(now - cached.since()));
    }

    private static Message repeat(Cached cached, Message query, long age) {
        Message answer = DnsHandler.response(query, cached.answer().getRcode());
        answer.getHeader().unsetFlag(Flags.AA);
        for (int section : SECTIONS) {
            for (Record record : cached.answer().getSection(section)) {
                if (record.getType() != Type.OPT) {
                    answer.addRecord(aged(record, age), section);
                }
            }
        }
        return answer;
    }

    private static Record aged(Record record, long seconds) {
        return Record.newRecord(
                record.getName(),
                record.getType(),
                record.getDClass(),
                Math.max(0, record.getTTL() - seconds),
                record.rdataToWireCanonical());
    }
}
