package dev.tradingplatform.discovery.dns;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Outcome of looking a service name up. Immutable. */
public sealed interface Resolution {

    /** Returns what went wrong or deserves attention, in plain words; empty if nothing does. */
    String warning();

    /**
     * DNS lists usable targets.
     *
     * @param targets at least one, each endpoint once. The first answer that is recognised as one of several partial
     *     answers also has the targets of the answers before it, see {@link AnswerHistory}
     * @param complete whether the answer lists all instances. Cloud Map answers with all instances if these are fewer
     *     than 8, and with a random 8 of more, so an answer of exactly 8 is partial (Route 53 Developer Guide,
     *     multivalue answer routing). Also partial: a truncated answer, one with more records than are used, and one of
     *     a server whose answers list different endpoints in turn
     * @param unresolved SRV records whose addresses could not be looked up, as {@link Target#record}
     * @param unanswered whether no nameserver answered for one of these, so that an early repetition makes sense
     * @param ttl the shortest TTL of all records used, as the server sent it
     * @param warning what deserves attention although the lookup succeeded, in plain words; empty if nothing does
     */
    record Found(
            List<Target> targets,
            boolean complete,
            Set<String> unresolved,
            boolean unanswered,
            Duration ttl,
            String warning)
            implements Resolution {

        /** Copies the collections. */
        public Found {
            targets = List.copyOf(targets);
            unresolved = Set.copyOf(unresolved);
        }

        /** Creates an outcome in which all addresses are known. */
        public Found(List<Target> targets, boolean complete, Duration ttl, String warning) {
            this(targets, complete, Set.of(), false, ttl, warning);
        }

        /** Returns whether a target of an earlier answer that is not listed here has been removed from DNS. */
        public boolean removes(Target earlier) {
            return complete && !unresolved.contains(earlier.record());
        }
    }

    /**
     * DNS says that there is no usable record: NXDOMAIN, NODATA, or records without a usable address.
     *
     * @param ttl how long this may be cached: from the SOA record (RFC 2308 §5), zero without one
     * @param explanation what was queried, what the answer was, and the probable cause
     * @param nameExists whether the name exists (NODATA, or unusable records); false for NXDOMAIN
     */
    record Absent(Duration ttl, String explanation, boolean nameExists) implements Resolution {

        @Override
        public String warning() {
            return explanation;
        }
    }

    /**
     * No nameserver gave an answer that says anything about the name.
     *
     * @param explanation what was queried, and what each nameserver answered
     */
    record Unavailable(String explanation) implements Resolution {

        @Override
        public String warning() {
            return explanation;
        }
    }
}
