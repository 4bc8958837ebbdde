package dev.tradingplatform.signal.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Keeps values up to a weight in all; those not asked for longest go first. Safe for concurrent use.
 *
 * @param <K> what values are found by
 * @param <V> what is kept
 */
public final class BoundedCache<K, V> {

    // What an entry weighs besides, so that endless empty ones cannot fill the memory either
    private static final long OVERHEAD = 16;

    private final long capacity;
    private final ToLongFunction<V> weight;

    /** In the order of use; guarded by this. */
    private final Map<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    /** Guarded by this. */
    private long held;

    /**
     * Makes an empty one.
     *
     * @param capacity weight in all; a value that is heavier is not kept
     * @param weight of a value, always the same; 16 more are counted for each
     */
    public BoundedCache(long capacity, ToLongFunction<V> weight) {
        this.capacity = capacity;
        this.weight = weight;
    }

    /** Finds a value; empty when it was never kept, or has gone. */
    public synchronized Optional<V> of(K key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Keeps a value, in place of another one with the same key. */
    public synchronized void keep(K key, V value) {
        drop(key);
        long added = weigh(value);
        if (added > capacity) {
            // Making room for it would cost all the others, and be in vain
            return;
        }
        values.put(key, value);
        held += added;
        Iterator<V> oldest = values.values().iterator();
        while (held > capacity) {
            held -= weigh(oldest.next());
            oldest.remove();
        }
    }

    /** Forgets a value. */
    public synchronized void drop(K key) {
        V gone = values.remove(key);
        if (gone != null) {
            held -= weigh(gone);
        }
    }

    /** Weight of everything kept now, never above the capacity. */
    public synchronized long held() {
        return held;
    }

    private long weigh(V value) {
        return weight.applyAsLong(value) + OVERHEAD;
    }
}
