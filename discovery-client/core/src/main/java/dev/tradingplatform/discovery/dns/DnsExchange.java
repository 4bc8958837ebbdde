package dev.tradingplatform.discovery.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/** Sends one query to one nameserver. Safe for concurrent use. */
@FunctionalInterface
interface DnsExchange {

    /** Outcome of a query. */
    sealed interface Reply {

        /**
         * The nameserver answered.
         *
         * @param truncated whether the message is incomplete and TCP did not deliver the whole
         */
        record Answered(Message message, boolean truncated) implements Reply {}

        /**
         * The nameserver did not answer in time, or could not be reached.
         *
         * @param reason in a few words, such as {@code "no answer within 400 ms"}
         * @param timedOut whether the timeout ended the wait
         */
        record Missing(String reason, boolean timedOut) implements Reply {}
    }

    /**
     * Sends the query and waits for the answer. Blocks the calling thread.
     *
     * @param type as in {@link org.xbill.DNS.Type}
     * @param timeout for the answer over UDP, and again for the answer over TCP
     */
    Reply query(InetSocketAddress nameserver, Name name, int type, Duration timeout);
}
