package dev.tradingplatform.discovery.resolve;

import java.time.Duration;
import java.util.List;

/** What one lookup of a service name came to. */
public sealed interface Resolution {

    /**
     * The name has usable targets.
     *
     * @param targets at least one, each endpoint once
     * @param complete whether targets that are missing are really gone. Cloud Map answers with all instances up to 8
     *     and with a random 8 of more, so an answer of exactly 8 is a sample (Route 53 Developer Guide, multivalue
     *     answer routing); so is one that was truncated, or one in which an SRV target could not be resolved
     * @param ttl the shortest ttl of all records used, as the server gave it
     * @param remark what a user should know though it worked, in plain words; empty when there is nothing
     */
    record Found(List<Target> targets, boolean complete, Duration ttl, String remark) implements Resolution {
        /** Copies the list. */
        public Found {
            targets = List.copyOf(targets);
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
