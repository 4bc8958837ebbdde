package dev.tradingplatform.discovery.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The questions that a {@link DnsServer} has received, also those that a {@link DnsFault} left without an answer. Safe
 * for concurrent use.
 */
public final class DnsQueryLog {

    private static final int MAX_ENTRIES = 10_000;

    /** Questions by name and type, and the latest of them; both guarded by {@code this}. */
    private final Map<Key, Long> counts = new HashMap<>();

    private final Deque<Entry> latest = new ArrayDeque<>();

    DnsQueryLog() {}

    /**
     * One question.
     *
     * @param name an absolute name with its final dot, spelled as in the query
     * @param type a value of {@link Type}
     * @param transport the transport of the query
     */
    public record Entry(String name, int type, DnsTransport transport) {

        /** Returns for example {@code stock-service.trading-platform.local. SRV over UDP}. */
        @Override
        public String toString() {
            return name + " " + Type.string(type) + " over " + transport;
        }
    }

    /** Names are equal without regard to case (RFC 4343). */
    private record Key(Name name, int type) {}

    /**
     * Returns how often a question was received over both transports.
     *
     * @param name an absolute name, with or without its final dot; case does not matter
     * @param type a value of {@link Type}
     */
    public synchronized long count(String name, int type) {
        return counts.getOrDefault(new Key(Names.absolute(name), type), 0L);
    }

    /** Returns the number of questions received. */
    public synchronized long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the latest questions, oldest first, at most {@value #MAX_ENTRIES}. */
    public synchronized List<Entry> latest() {
        return List.copyOf(latest);
    }

    /** Removes all questions and sets all counts to zero. */
    public synchronized void clear() {
        counts.clear();
        latest.clear();
    }

    synchronized void add(Record question, DnsTransport transport) {
        counts.merge(new Key(question.getName(), question.getType()), 1L, Long::sum);
        if (latest.size() == MAX_ENTRIES) {
            latest.removeFirst();
        }
        latest.addLast(new Entry(question.getName().toString(), question.getType(), transport));
    }
}
