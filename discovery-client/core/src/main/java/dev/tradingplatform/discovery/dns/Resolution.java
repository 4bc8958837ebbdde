package dev.tradingplatform.discovery.dns;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What one lookup of a service name came to. */
public sealed interface Resolution {

    /** What went wrong, or what it is worth saying about it, in plain words; empty for nothing. */
    default String problem() {
        return switch (this) {
            case Found found -> found.remark();
            case Absent absent -> absent.explanation();
            case Unavailable unavailable -> unavailable.explanation();
        };
    }

    /**
     * The name has usable targets.
     *
     * @param targets at least one, each endpoint once
     * @param complete whether it names all there are. Cloud Map answers with all instances up to 8 and with a random 8
     *     of more, so an answer of exactly 8 is a sample (Route 53 Developer Guide, multivalue answer routing); so is
     *     one that was truncated, or has more records than are used
     * @param unresolved the SRV records named whose addresses could not be looked up, as {@link Target#record}
     * @param unanswered whether no nameserver said anything about one of them, so that it is worth asking again soon
     * @param ttl the shortest ttl of all records used, as the server gave it
     * @param remark what a user should know though it worked, in plain words; empty when there is nothing
     */
    record Found(
            List<Target> targets,
            boolean complete,
            Set<String> unresolved,
            boolean unanswered,
            Duration ttl,
            String remark)
            implements Resolution {
        /** Copies the collections. */
        public Found {
            targets = List.copyOf(targets);
            unresolved = Set.copyOf(unresolved);
        }

        /** With all addresses known. */
        public Found(List<Target> targets, boolean complete, Duration ttl, String remark) {
            this(targets, complete, Set.of(), false, ttl, remark);
        }

        /** Whether a target of an earlier answer that is missing here is really gone. */
        public boolean removes(Target earlier) {
            return complete && !unresolved.contains(earlier.record());
        }
    }

    /**
     * DNS says that there is nothing: NXDOMAIN, NODATA, or records none of which is usable.
     *
     * @param ttl how long that may be believed: from the SOA record (RFC 2308 §5), zero without one
     * @param explanation what was asked, who said what, and what it probably means
     */
    record Absent(Duration ttl, String explanation) implements Resolution {}

    /**
     * No nameserver gave an answer that says anything about the name.
     *
     * @param explanation what was asked, and what each nameserver said
     */
    record Unavailable(String explanation) implements Resolution {}
}
