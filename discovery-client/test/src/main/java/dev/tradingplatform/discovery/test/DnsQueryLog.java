package dev.tradingplatform.discovery.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The questions a {@link DnsServer} was asked, whatever it answered. Safe for concurrent use. */
public final class DnsQueryLog {

    private static final int MOST_REMEMBERED = 10_000;

    private final Map<Key, Long> counts = new HashMap<>();
    private final Deque<Entry> latest = new ArrayDeque<>();

    DnsQueryLog() {}

    /**
     * One question.
     *
     * @param name an absolute name with its final dot, as the client spelled it
     * @param type a value of {@link Type}
     */
    public record Entry(String name, int type, DnsTransport transport) {
        @Override
        public String toString() {
            return name + " " + Type.string(type) + " over " + transport;
        }
    }

    private record Key(Name name, int type) {}

    /**
     * How often a question was asked since the start, over both transports.
     *
     * @param name an absolute name, with or without its final dot; case does not matter
     * @param type a value of {@link Type}
     */
    public synchronized long count(String name, int type) {
        return counts.getOrDefault(new Key(Names.absolute(name), type), 0L);
    }

    /** How many questions were asked since the start. */
    public synchronized long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The latest questions in the order they came, at most {@value #MOST_REMEMBERED}. */
    public synchronized List<Entry> latest() {
        return List.copyOf(latest);
    }

    synchronized void add(Record question, DnsTransport transport) {
        counts.merge(new Key(question.getName(), question.getType()), 1L, Long::sum);
        if (latest.size() == MOST_REMEMBERED) {
            latest.removeFirst();
        }
        latest.addLast(new Entry(question.getName().toString(), question.getType(), transport));
    }
}
